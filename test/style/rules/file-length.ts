import { isPackageSource } from "../source-file.ts";
import type { Rule } from "../source-file.ts";

const sourceLines = 250;
const otherLines = 400;

/** A file holds one idea: at most 250 lines in a package's source, 400 elsewhere. */
export const fileLength: Rule = (file) => {
  const limit = isPackageSource(file) ? sourceLines : otherLines;
  const lines = file.text.trimEnd().split("\n").length;
  if (lines <= limit) return [];
  return [{ offset: file.text.length - 1, message: `a file has at most ${limit} lines, this one has ${lines}` }];
};
