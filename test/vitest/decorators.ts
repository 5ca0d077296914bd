import { transform } from "esbuild";
import type { Plugin } from "vitest/config";

/** A decorator that begins a line, stands after `export`, or begins a class member. TSDoc tags follow a `*`. */
const decorator = /(?:^|[{;])\s*(?:export\s+(?:default\s+)?)?@[A-Za-z_$]/m;

/** Lowers TC39 decorators in TypeScript files, which Vite's transformer leaves as they are (oxc-project/oxc#9170). */
export function decorators(): Plugin {
  return {
    name: "runlight:decorators",
    enforce: "pre",
    async transform(code, id) {
      const file = id.split("?", 1)[0] ?? id;
      if (!file.endsWith(".ts") || file.includes("/node_modules/") || !decorator.test(code)) return undefined;
      const lowered = await transform(code, {
        loader: "ts",
        target: "es2023",
        sourcefile: file,
        sourcemap: "external",
        tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
      });
      return { code: lowered.code, map: lowered.map };
    },
  };
}
