import { describe, expect, test } from "vitest";
import { examples, packages, publicPackages, runtimeDependencies, scope } from "../workspace/packages.ts";
import { readJson, readText } from "../workspace/root.ts";

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}

const openTelemetry = "@opentelemetry/";

/** What a library may depend on under anybody's SDK. Everything else of OpenTelemetry is the SDK's. */
const apiPackages = new Set([
  "@opentelemetry/api",
  "@opentelemetry/api-logs",
  "@opentelemetry/propagator-env-carrier",
  "@opentelemetry/semantic-conventions",
]);

/** Packages of the SDK that stand behind a seam of their own, by the folder that may use them. */
const behindSeams: Readonly<Record<string, readonly string[]>> = {
  host: ["@opentelemetry/host-metrics", "@opentelemetry/instrumentation-runtime-node"],
};

const exactVersion = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;

/** The lines of docs/dependencies.md: `| name | packages | reason |`. */
const listed = new Map(
  [...readText("docs/dependencies.md").matchAll(/^\|\s*`([^`]+)`\s*\|\s*([^|]+?)\s*\|\s*([^|]+?)\s*\|$/gm)].map(
    ([, name = "", users = "", reason = ""]) => [name, { users, reason }],
  ),
);

describe("package.json", () => {
  test("conventions depends on nothing", () => {
    const conventions = packages.find(({ folder }) => folder === "conventions");
    expect([...runtimeDependencies(conventions!).keys()]).toEqual([]);
  });

  test.for(publicPackages.filter(({ folder }) => folder !== "sdk"))(
    "$path leaves OpenTelemetry's SDK to sdk",
    (subject) => {
      const allowed = behindSeams[subject.folder] ?? [];
      const ofTheSdk = [...runtimeDependencies(subject).keys()].filter(
        (name) => name.startsWith(openTelemetry) && !apiPackages.has(name) && !allowed.includes(name),
      );
      expect(ofTheSdk).toEqual([]);
    },
  );

  test.for([...packages, ...examples])("$path names exact versions", ({ manifest }) => {
    const entries = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(entries.filter(([, version]) => !exactVersion.test(version))).toEqual([]);
  });
});

describe("package-lock.json", () => {
  test("holds one version of every OpenTelemetry package", () => {
    const versions = new Map<string, Set<string>>();
    for (const [path, { version }] of Object.entries(readJson<Lockfile>("package-lock.json").packages)) {
      const name = path.split("node_modules/").at(-1) ?? "";
      if (!name.startsWith(openTelemetry) || version === undefined) continue;
      versions.set(name, (versions.get(name) ?? new Set()).add(version));
    }
    expect([...versions].filter(([, found]) => found.size > 1)).toEqual([]);
    expect(versions.size).toBeGreaterThan(10);
  });
});

describe("docs/dependencies.md", () => {
  test("lists what the public packages need at run time, and by whom", () => {
    const users: Record<string, string> = {};
    for (const subject of publicPackages) {
      const names = [...runtimeDependencies(subject).keys()].filter((name) => !name.startsWith(scope));
      for (const name of names)
        users[name] = users[name] === undefined ? subject.folder : `${users[name]}, ${subject.folder}`;
    }
    expect(Object.fromEntries([...listed].map(([name, line]) => [name, line.users]))).toEqual(users);
  });

  test("lists dependencies in alphabetical order", () => {
    expect([...listed.keys()]).toEqual([...listed.keys()].toSorted());
  });
});
