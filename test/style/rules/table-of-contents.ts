import type { Fault, Rule } from "../source-file.ts";

/** An `index.ts` is a table of contents: named re-exports, no code, no `export *`. */
export const tableOfContents: Rule = ({ path, program }) => {
  if (!/^packages\/.*\/src\/(?:.*\/)?index\.ts$/.test(path)) return [];
  return program.body.flatMap((statement): Fault[] => {
    const named =
      statement.type === "ExportNamedDeclaration" && statement.source !== null && statement.specifiers.length > 0;
    return named ? [] : [{ offset: statement.start, message: "index.ts holds named re-exports only" }];
  });
};
