import type { Rule } from "../source-file.ts";

const kebabCase = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)*\.(?:ts|mjs|js)$/;
const emptyWords = new Set(["util", "utils", "helper", "helpers", "common", "misc", "shared"]);

/** Files are in kebab-case and named after their idea. */
export const fileNames: Rule = ({ path }) => {
  const segments = path.split("/");
  const name = segments.at(-1) ?? "";
  if (!kebabCase.test(name)) return [{ offset: 0, message: "the file's name must be in kebab-case" }];
  const empty = segments.map((segment) => segment.split(".", 1)[0] ?? "").find((segment) => emptyWords.has(segment));
  return empty === undefined ? [] : [{ offset: 0, message: `\`${empty}\` names no idea: say what the file is about` }];
};
