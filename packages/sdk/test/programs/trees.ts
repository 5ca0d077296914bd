// Does programs of random steps, TREES of them, and looks after each what every span and record of it carries in the spool. SEED begins them.
import { join } from "node:path";
import { initTelemetry } from "@runlight/sdk";
import * as fc from "fast-check";
import { inspectSpool } from "../context/carried-items.ts";
import { perform } from "../context/perform.ts";
import { programs } from "../context/tree.ts";

const telemetry = await initTelemetry({ service: "trees", hostMetrics: false });
const inspection = inspectSpool(join(process.env["RUNLIGHT_DIRECTORY"] ?? "", "spool"));
const steps = new Set<string>();
const property = fc.asyncProperty(programs, async (program) => {
  const performed = await perform(program).catch(async (error: unknown) => {
    // What it has written by then is not the next program's.
    await telemetry.flush();
    inspection.faults(new Map());
    throw error;
  });
  for (const step of performed.steps) steps.add(step);
  await telemetry.flush();
  const faults = inspection.faults(performed.unmarked);
  if (faults.length > 0) throw new Error(`${faults.length} of them: ${JSON.stringify(faults.slice(0, 3), null, 1)}`);
});
await fc.assert(property, { numRuns: Number(process.env["TREES"]), seed: Number(process.env["SEED"]) });
console.log(JSON.stringify({ ...inspection.looked, steps: [...steps].toSorted() }));
