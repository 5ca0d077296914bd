import { existsSync, readdirSync } from "node:fs";
import { readJson, root } from "./root.ts";

/** The parts of a package.json that rules speak of. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly license?: string;
  readonly type?: string;
  readonly files?: readonly string[];
  readonly bin?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly engines?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** One workspace package. */
export interface WorkspacePackage {
  /** Path in the repository: `packages/core`. */
  readonly path: string;
  /** Last part of the path: `core`. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** The tags of its turbo.json. */
  readonly tags: readonly string[];
  /** Folders of the packages its tsconfig.json refers to. */
  readonly references: readonly string[];
}

interface TsConfig {
  readonly references?: readonly { readonly path: string }[];
}

/** Our scope on the registry. */
export const scope = "@runlight/";

/** The packages below `packages/`, by folder name. */
export const packages: readonly WorkspacePackage[] = readPackages("packages");

/** The packages below `examples/`, by folder name. */
export const examples: readonly WorkspacePackage[] = readPackages("examples");

/** The packages that are published. */
export const publicPackages: readonly WorkspacePackage[] = packages.filter(({ manifest }) => manifest.private !== true);

/** What a package needs at run time: name and range, peers included. */
export function runtimeDependencies({ manifest }: WorkspacePackage): ReadonlyMap<string, string> {
  return new Map(Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies }));
}

/** Folders of our own packages among the names of packages. */
export function ownFolders(names: Iterable<string>): readonly string[] {
  return [...names].filter((name) => name.startsWith(scope)).map((name) => name.slice(scope.length));
}

function readPackages(parent: string): readonly WorkspacePackage[] {
  return readdirSync(`${root}${parent}`)
    .filter((folder) => existsSync(`${root}${parent}/${folder}/package.json`))
    .sort()
    .map((folder) => readPackage(`${parent}/${folder}`, folder));
}

function readPackage(path: string, folder: string): WorkspacePackage {
  const references = readJson<TsConfig>(`${path}/tsconfig.json`).references ?? [];
  return {
    path,
    folder,
    manifest: readJson<Manifest>(`${path}/package.json`),
    tags: readJson<{ readonly tags?: readonly string[] }>(`${path}/turbo.json`).tags ?? [],
    references: references.map((reference) => reference.path.replace(/^.*\//, "")),
  };
}
