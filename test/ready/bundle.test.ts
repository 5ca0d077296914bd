import { cpSync, existsSync, readFileSync, readdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseSync } from "oxc-parser";
import { expect, test } from "vitest";
import { root } from "../workspace/root.ts";
import { createCheckout } from "./checkout.ts";
import type { Checkout } from "./checkout.ts";

/** What `.ci/bundle.mjs` gives, there without types. */
interface Bundling {
  readonly bundle: () => Promise<void>;
  readonly outputIsWhole: (directory: string) => boolean;
}

async function bundlingOf({ directory }: Checkout): Promise<Bundling> {
  symlinkSync(`${root}node_modules`, join(directory, "node_modules"));
  return (await import(pathToFileURL(join(directory, ".ci/bundle.mjs")).href)) as Bundling;
}

test("bundle() makes one file of a package, which stands until tsc is run again", async () => {
  using checkout = createCheckout();
  const { bundle, outputIsWhole } = await bundlingOf(checkout);
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
  expect(importsOf(written)).toEqual([]);
  const { mean } = (await import(pathToFileURL(written).href)) as {
    readonly mean: (sum: number, count: number) => number;
  };
  expect(mean(6, 3)).toBe(2);
  expect(outputIsWhole(science)).toBe(true);
  expect(existsSync(join(one, "dist"))).toBe(false);

  checkout.write("packages/science/dist/.tsbuildinfo", "");
  expect(outputIsWhole(science)).toBe(false);
});

test("bundle() leaves a start the modules of Node.js, our packages and what programs share to load", async () => {
  using checkout = createCheckout();
  const { bundle } = await bundlingOf(checkout);
  for (const name of ["conventions", ...loadedAtStart]) {
    for (const part of ["package.json", "src"]) {
      const path = `packages/${name}/${part}`;
      cpSync(join(root, path), join(checkout.directory, path), { recursive: true });
    }
  }
  await bundle();
  const dist = (name: string): string => join(checkout.directory, "packages", name, "dist");
  const imported = loadedAtStart.flatMap((name) => importsOf(join(dist(name), "index.js")));
  expect([...new Set(imported)].filter((name) => !name.startsWith("node:")).toSorted()).toEqual(expectedImports);
  expect(imported.filter((name) => /^node:(?:fs|child_process|net|http|tls)/u.test(name))).toEqual([]);
  expect(readdirSync(dist("host"))).not.toContain("third-party-licenses.txt");
  expect(readFileSync(join(dist("sdk"), "third-party-licenses.txt"), "utf8")).toMatch(
    /^@opentelemetry\/context-async-hooks\n\nApache License\n/u,
  );
});

const loadedAtStart = ["core", "host", "logging", "science", "spool", "sdk"];
const expectedImports = [
  "@opentelemetry/api",
  "@runlight/core",
  "@runlight/host",
  "@runlight/logging",
  "@runlight/science",
  "@runlight/spool",
  "async_hooks",
  "events",
];

/** What a file and the parts it is made of import at once. */
function importsOf(path: string): string[] {
  const { module } = parseSync(path, readFileSync(path, "utf8"));
  return module.staticImports
    .map(({ moduleRequest }) => moduleRequest.value)
    .flatMap((name) => (name.startsWith(".") ? importsOf(join(dirname(path), name)) : [name]));
}
