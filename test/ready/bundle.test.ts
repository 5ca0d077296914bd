import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { root } from "../workspace/root.ts";
import { createCheckout } from "./checkout.ts";

/** What `.ci/bundle.mjs` gives, there without types. */
interface Bundling {
  readonly bundle: () => Promise<void>;
  readonly outputIsWhole: (directory: string) => boolean;
}

test("bundle() makes one file of a package, which stands until tsc is run again", async () => {
  using checkout = createCheckout();
  symlinkSync(`${root}node_modules`, join(checkout.directory, "node_modules"));
  const { bundle, outputIsWhole } = (await import(
    pathToFileURL(join(checkout.directory, ".ci/bundle.mjs")).href
  )) as Bundling;
  const one = join(checkout.directory, "packages/one");
  const science = join(checkout.directory, "packages/science");
  checkout.write("packages/science/package.json", JSON.stringify({ name: "science", type: "module" }));
  checkout.write("packages/science/src/index.ts", 'export { mean } from "./mean.ts";');
  checkout.write(
    "packages/science/src/mean.ts",
    "export const mean = (sum: number, count: number): number => sum / count;",
  );
  checkout.write("packages/science/dist/.tsbuildinfo", "");
  expect({ one: outputIsWhole(one), science: outputIsWhole(science) }).toEqual({ one: false, science: false });

  await bundle();
  const written = join(science, "dist/index.js");
  expect(readFileSync(written, "utf8")).not.toContain("from ");
  const { mean } = (await import(pathToFileURL(written).href)) as {
    readonly mean: (sum: number, count: number) => number;
  };
  expect(mean(6, 3)).toBe(2);
  expect(outputIsWhole(science)).toBe(true);
  expect(existsSync(join(one, "dist"))).toBe(false);

  checkout.write("packages/science/dist/.tsbuildinfo", "");
  expect(outputIsWhole(science)).toBe(false);
});
