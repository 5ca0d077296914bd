import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { examples, packages, publicPackages, scope } from "../workspace/packages.ts";
import { readJson, root } from "../workspace/root.ts";

interface ChangesetsConfig {
  readonly fixed: readonly (readonly string[])[];
}

const rootManifest = readJson<{ readonly license: string; readonly engines: Record<string, string> }>("package.json");
const everything = [...packages, ...examples];
const version = packages[0]?.manifest.version;

describe("package.json", () => {
  test.for(everything)("$path carries the version of all and asks for it exactly", ({ manifest }) => {
    const own = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies, version: manifest.version });
    const others = own.filter(([name, wanted]) => (name === "version" || name.startsWith(scope)) && wanted !== version);
    expect(others).toEqual([]);
  });

  test.for(everything)("$path is an ES module under the repository's license, for Node.js >= 22.15", ({ manifest }) => {
    const { type, license, engines } = manifest;
    expect({ type, license, engines }).toEqual({
      type: "module",
      license: rootManifest.license,
      engines: { node: ">=22.15" },
    });
  });

  test.for(publicPackages)(
    "$path is named after its folder and publishes what it was built to",
    ({ folder, manifest }) => {
      expect(manifest.name).toBe(`${scope}${folder}`);
      expect(manifest.files).toEqual(manifest.bin === undefined ? ["dist"] : ["bin", "dist"]);
    },
  );

  test("the repository is made ready on Node.js >= 20", () => {
    expect(rootManifest.engines["node"]).toBe(">=20");
  });
});

describe(".changeset/config.json", () => {
  test("releases every public package under one version", () => {
    const groups = readJson<ChangesetsConfig>(".changeset/config.json").fixed;
    expect(groups.map((group) => group.toSorted())).toEqual([
      publicPackages.map(({ manifest }) => manifest.name).toSorted(),
    ]);
  });
});

describe("tsconfig.json", () => {
  const folders = everything.flatMap(({ path }) => [`${path}/test`, `${path}/scripts`]);
  const present = folders.filter((folder) => existsSync(`${root}${folder}`));

  test.for(present)("%s has a project, which type-aware lint looks for beside the files", (folder) => {
    expect(existsSync(`${root}${folder}/tsconfig.json`)).toBe(true);
  });
});
