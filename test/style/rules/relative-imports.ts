import type { Fault, Rule } from "../source-file.ts";

/** A relative import names the file as it is, ending and all. */
export const relativeImports: Rule = ({ module }) => {
  const exported = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest }) => moduleRequest ?? []),
  );
  const requests = [...module.staticImports.map(({ moduleRequest }) => moduleRequest), ...exported];
  return requests.flatMap(({ value, start }): Fault[] => {
    if (!value.startsWith(".") || /\.(?:ts|mjs|json)$/.test(value)) return [];
    // What runs without the build in front of it names the built file.
    return /^\.\.\/dist\/.*\.js$/.test(value) ? [] : [{ offset: start, message: `"${value}" must end with .ts` }];
  });
};
