import { isAbsolute, join } from "node:path";
import { parse } from "yaml";
import type { Fault } from "./fault.ts";

interface Route {
  readonly receiver?: string;
  readonly routes?: readonly Route[];
}

interface Configuration {
  readonly route: Route;
  readonly receivers: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Everything that is wrong with the receivers that routes of an Alertmanager configuration lead to, given as its text: those that are not there,
 * and their secret files that are not. Receivers that no route leads to may lack them. What else is wrong is for `amtool` to judge.
 *
 * @param directory Where the configuration lies: Alertmanager looks for files from there.
 * @param holdsText Tells whether a file is there and not empty.
 */
export function checkReceivers(
  file: string,
  text: string,
  directory: string,
  holdsText: (path: string) => boolean,
): readonly Fault[] {
  let configuration: Configuration;
  try {
    configuration = parse(text) as Configuration;
    if (!("receivers" in configuration)) throw new TypeError("receivers are missing");
  } catch (error) {
    const problem = `cannot be read (${(error as Error).message.split("\n", 1)[0]})`;
    return [{ where: file, problem, mend: "write it as amtool check-config takes it" }];
  }
  const { route, receivers } = configuration;
  return [...receiversOf(route)].flatMap((name): readonly Fault[] => {
    const receiver = receivers.find((candidate) => candidate["name"] === name);
    const where = `${file}: receiver ${name}`;
    if (receiver === undefined) {
      const names = receivers.map((candidate) => String(candidate["name"])).join(", ");
      return [{ where, problem: "a route leads to it and it is not there", mend: `write it, or take one of ${names}` }];
    }
    return secretFilesOf(receiver)
      .filter(({ path }) => !holdsText(isAbsolute(path) ? path : join(directory, path)))
      .map(({ key, path }) => ({
        where,
        problem: `${key} ${path} is not there or empty`,
        mend: `write the secret into ${isAbsolute(path) ? path : join(directory, path)}`,
      }));
  });
}

function receiversOf({ receiver, routes = [] }: Route): ReadonlySet<string> {
  const inner = routes.flatMap((route) => [...receiversOf(route)]);
  return new Set(receiver === undefined ? inner : [receiver, ...inner]);
}

interface SecretFile {
  readonly key: string;
  readonly path: string;
}

/** Values of `…_file`, and of lists called `files`, at any depth. */
function secretFilesOf(value: unknown): readonly SecretFile[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]): readonly SecretFile[] => {
    if (typeof inner === "string" && key.endsWith("_file")) return [{ key, path: inner }];
    if (key === "files" && Array.isArray(inner)) return inner.map((path) => ({ key, path: String(path) }));
    return secretFilesOf(inner);
  });
}
