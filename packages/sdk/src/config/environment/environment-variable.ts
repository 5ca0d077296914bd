import type { Claim } from "../claims.ts";
import type { Rule } from "../rules/rule.ts";

/** A supported environment variable. Unset and empty are the same. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly meaning: string;
  /** What its value must be. */
  readonly values: string;
  /** What holds when it is unset, as text for people. */
  readonly fallback: string;
  readonly secret: boolean;
  /** What it claims; `undefined` when the text breaks the rule. */
  readonly read: (text: string) => readonly Claim[] | undefined;
}

/** A variable with a rule. */
export function variable<T>(
  { name, meaning, fallback }: Pick<EnvironmentVariable, "fallback" | "meaning" | "name">,
  rule: Rule<T>,
  claims: (value: T) => readonly Claim[],
): EnvironmentVariable {
  return {
    name,
    meaning,
    values: rule.text,
    fallback,
    secret: rule.secret === true,
    read(text) {
      const value = rule.parse(text);
      return value === undefined ? undefined : claims(value);
    },
  };
}
