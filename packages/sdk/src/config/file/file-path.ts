/** Path to a part of a configuration file: keys of mappings and indices of lists. */
export type FilePath = readonly (number | string)[];

/** The path as people write it: `tracer_provider.processors[0].batch`. */
export function dottedPath(path: FilePath): string {
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`)).join("");
  return text.replace(/^\./, "");
}

/** What stands at the path, or `undefined` where nothing does. */
export function valueAt(root: unknown, path: FilePath): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}
