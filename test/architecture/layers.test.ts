import { describe, expect, test } from "vitest";
import { examples, ownFolders, packages, runtimeDependencies } from "../workspace/packages.ts";
import { readJson } from "../workspace/root.ts";
import { layersByFolder, readLayerTable } from "./layer-table.ts";

interface TurboConfig {
  readonly boundaries: {
    readonly tags: Record<string, { readonly dependencies: { readonly deny: readonly string[] } }>;
  };
}

const layers = layersByFolder();
const layerNumbers = ["0", "1", "2", "3", "4", "5"];

describe("ARCHITECTURE.md", () => {
  test("lists every folder of packages/ once", () => {
    const folders = readLayerTable().map(({ folder }) => folder);
    expect(folders.toSorted()).toEqual(packages.map(({ folder }) => folder));
  });
});

describe("turbo.json", () => {
  test.for(packages)("$path carries the tag of its layer", ({ folder, tags }) => {
    const layer = layers.get(folder);
    expect(tags).toEqual([layer === "dev" ? "dev" : `layer-${layer}`]);
  });

  test.for(examples)("$path carries the tag of an example", ({ tags }) => {
    expect(tags).toEqual(["example"]);
  });

  test("denies each layer itself, every layer above and the examples", () => {
    const { tags } = readJson<TurboConfig>("turbo.json").boundaries;
    const denied = Object.fromEntries(Object.entries(tags).map(([tag, { dependencies }]) => [tag, dependencies.deny]));
    const byLayer = layerNumbers.map((layer) => {
      const notBelow = layerNumbers.filter((other) => other >= layer).map((other) => `layer-${other}`);
      return [`layer-${layer}`, [...notBelow, "example"]];
    });
    const everyLayer = layerNumbers.map((layer) => `layer-${layer}`);
    expect(denied).toEqual({ ...Object.fromEntries(byLayer), dev: [...everyLayer, "example"] });
  });
});

describe("package.json", () => {
  test.for(packages)("$path depends on lower layers only", (subject) => {
    const layer = layers.get(subject.folder) ?? "";
    const notBelow = ownFolders(runtimeDependencies(subject).keys()).filter((folder) => {
      const other = layers.get(folder);
      return layer === "dev" || other === undefined || other === "dev" || other >= layer;
    });
    expect(notBelow).toEqual([]);
  });

  test.for(packages)("$path uses higher layers not even in its tests", ({ folder, manifest }) => {
    const layer = layers.get(folder) ?? "";
    const notBelow = ownFolders(Object.keys(manifest.devDependencies ?? {})).filter((other) => {
      const otherLayer = layers.get(other) ?? "";
      return otherLayer !== "dev" && otherLayer >= layer;
    });
    expect(notBelow).toEqual([]);
  });
});

describe("tsconfig.json", () => {
  test.for([...packages, ...examples])("$path refers to the packages it depends on", (subject) => {
    const dependencies = ownFolders(runtimeDependencies(subject).keys()).filter((folder) => layers.has(folder));
    expect(subject.references.toSorted()).toEqual(dependencies.toSorted());
  });

  test("lists every package and example", () => {
    const { references } = readJson<{ readonly references: readonly { readonly path: string }[] }>("tsconfig.json");
    const paths = [...packages, ...examples].map(({ path }) => path);
    expect(references.map(({ path }) => path).toSorted()).toEqual(paths.toSorted());
  });
});
