import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";

const source = fileURLToPath(new URL("fixtures/decorated.ts", import.meta.url));

/** Compiles the decorated classes as TC39's standard and as TypeScript's `experimentalDecorators`, into `decorated-<dialect>.mjs`. */
export async function compileDecorated(directory: string): Promise<void> {
  const code = await readFile(source, "utf8");
  for (const dialect of ["standard", "legacy"]) {
    const compilerOptions = { verbatimModuleSyntax: true, experimentalDecorators: dialect === "legacy" };
    const compiled = await transform(code, { loader: "ts", target: "es2023", tsconfigRaw: { compilerOptions } });
    await writeFile(join(directory, `decorated-${dialect}.mjs`), compiled.code);
  }
}
