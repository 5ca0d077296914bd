import { Visitor } from "oxc-parser";
import type { Fault, Rule } from "../source-file.ts";

interface Member {
  readonly start: number;
  readonly accessibility?: string | null;
  readonly override?: boolean;
}

/** What a class hides is `#private`, which holds at run time too; only a base class can ask for `protected`. */
export const privateMembers: Rule = ({ program }) => {
  const faults: Fault[] = [];
  const check = ({ start, accessibility, override }: Member): void => {
    const hidden = accessibility === "private" || (accessibility === "protected" && override !== true);
    if (hidden) faults.push({ offset: start, message: `write #name, not ${accessibility}` });
  };
  new Visitor({ PropertyDefinition: check, MethodDefinition: check }).visit(program);
  return faults;
};
