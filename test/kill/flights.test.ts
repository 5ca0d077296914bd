import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { runNode, startNode, temporaryDirectory, waitUntil } from "@runlight/testing";
import { expect, test } from "vitest";

const flights = fileURLToPath(new URL("../../examples/flights/dist/main.js", import.meta.url));
const runlight = fileURLToPath(new URL("../../packages/cli/bin/runlight.js", import.meta.url));

/** Stages that a month has: what was said is in the file long before as many more are. */
const monthStages = 5;
/** The example has more than twice as many, so that it is at work when it is killed. */
const mostStages = 10;

interface LoggedRecord {
  readonly eventName: string | null;
  readonly attributes: Readonly<Record<string, string>>;
}

const seeds = Array.from({ length: 3 }, () => Math.random());

test.each(seeds)(
  "runlight keeps every stage that the example said had ended before SIGKILL (moment %d)",
  async (seed) => {
    using directory = temporaryDirectory();
    await using job = startNode([flights], { cwd: directory.path });
    const stages = (): readonly string[] =>
      [...job.stderr.matchAll(/^stage (?<name>\S+)(?: (?<month>\d{4}-\d\d))?: /gmu)].map(
        ({ groups }) => `${groups?.["name"]} ${groups?.["month"] ?? ""}`,
      );
    await waitUntil(() => stages().length > seed * mostStages);
    await delay(seed * 100);
    const said = stages();
    await waitUntil(() => stages().length >= said.length + monthStages);
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
