import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryDirectory, waitUntil } from "@runlight/testing";
import { expect, test } from "vitest";
import { stackDirectories } from "../../src/stack/services.ts";
import { followLogs, printLogs } from "../../src/stack/stack-logs.ts";

test("printLogs() prints the last lines of each part, with its name when there are several", () => {
  using directory = temporaryDirectory();
  const directories = stackDirectories(directory.path);
  mkdirSync(directories.logs);
  writeFileSync(join(directories.logs, "loki.log"), "one\ntwo\nthree\n");
  writeFileSync(join(directories.logs, "tempo.log"), "four\n");
  const lines: string[] = [];
  printLogs(directories, ["tempo", "loki"], 2, (line) => lines.push(line));
  expect(lines).toEqual(["tempo        four", "loki         two", "loki         three"]);
});

test("followLogs() prints whole lines as they come, also from a log that begins anew", async () => {
  using directory = temporaryDirectory();
  const directories = stackDirectories(directory.path);
  mkdirSync(directories.logs);
  const log = join(directories.logs, "loki.log");
  writeFileSync(log, "before\n");
  const lines: string[] = [];
  const stop = new AbortController();
  const following = followLogs(directories, ["loki"], (line) => lines.push(line), stop.signal);
  appendFileSync(log, "first\nsec");
  await waitUntil(() => lines.length === 1);
  appendFileSync(log, "ond\n");
  await waitUntil(() => lines.length === 2);
  writeFileSync(log, "anew\n");
  await waitUntil(() => lines.length === 3);
  stop.abort();
  await following;
  expect(lines).toEqual(["first", "second", "anew"]);
});
