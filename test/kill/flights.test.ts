import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { runNode, startNode, temporaryDirectory, waitUntil } from "@runlight/testing";
import { expect, test } from "vitest";

const flights = fileURLToPath(new URL("../../examples/flights/dist/main.js", import.meta.url));
const runlight = fileURLToPath(new URL("../../packages/cli/bin/runlight.js", import.meta.url));

/** What came faster than 10 ms may take those 10 ms to be in the file; the rest is room for a busy machine. */
const promisedMs = 100;

interface LoggedRecord {
  readonly eventName: string | null;
  readonly attributes: Readonly<Record<string, string>>;
}

const seeds = Array.from({ length: 3 }, () => Math.random());

test.each(seeds)(
  "runlight keeps every stage that the example said had ended before SIGKILL (moment %d)",
  { timeout: 60_000 },
  async (seed) => {
    using directory = temporaryDirectory();
    await using job = startNode([flights], { cwd: directory.path });
    await waitUntil(() => job.stderr.includes("stage index"), { timeoutMs: 20_000 });
    await delay(seed * 2500);
    const said = [...job.stderr.matchAll(/^stage (?<name>\S+)(?: (?<month>\d{4}-\d\d))?: /gmu)].map(
      ({ groups }) => `${groups?.["name"]} ${groups?.["month"] ?? ""}`,
    );
    await delay(promisedMs);
    job.kill("SIGKILL");
    expect((await job.ended).signal).toBe("SIGKILL");

    const listed = await runNode([runlight, "runs", "--json"], { cwd: directory.path });
    const { runs } = JSON.parse(listed.stdout) as { readonly runs: readonly { readonly status: string }[] };
    expect(runs.map(({ status }) => status)).toEqual(["lost"]);

    const { stdout } = await runNode([runlight, "logs", "latest", "--json"], { cwd: directory.path });
    const { records } = JSON.parse(stdout) as { readonly records: readonly LoggedRecord[] };
    const kept = records
      .filter(({ eventName }) => eventName === "stage.completed")
      .map(({ attributes }) => `${attributes["runlight.operation.name"]} ${attributes["runlight.subject.id"] ?? ""}`);
    expect(kept.slice(0, said.length)).toEqual(said);
    expect(records.at(-1)?.eventName).toBe("workflow.lost");
  },
);
