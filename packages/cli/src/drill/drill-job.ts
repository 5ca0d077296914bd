// What misbehaves in a drill: node drill-job.js <misbehaviour> [<used share> <room share> <folder>], told by a message when it is mended.
import { once } from "node:events";
import { initTelemetry } from "@runlight/sdk";
import { misbehavingStages } from "./misbehaviour/baselines.ts";
import { greed } from "./misbehaviour/greed.ts";
import type { Misbehaviour } from "./misbehaviour/misbehaviour.ts";
import { brokenPromises } from "./misbehaviour/promises.ts";
import { misbehavingQueues } from "./misbehaviour/queues.ts";
import { misbehavingRuns } from "./misbehaviour/runs.ts";
import { misbehavingLogs } from "./misbehaviour/shipping.ts";

const misbehaviours: Readonly<Record<string, Misbehaviour>> = {
  ...misbehavingRuns,
  ...misbehavingStages,
  ...greed,
  ...misbehavingQueues,
  ...misbehavingLogs,
  ...brokenPromises,
};

const [name = ""] = process.argv.slice(2);
const misbehave = misbehaviours[name];
if (misbehave === undefined) {
  throw new RangeError(
    `Cannot misbehave: the first argument must be one of ${Object.keys(misbehaviours).join(", ")}, current value is ${name}`,
  );
}
// Nobody is left to end it when the drill is gone.
const orphaned = (): never => process.exit(1);
process.once("disconnect", orphaned);
const mended = once(process, "message");

await initTelemetry({ display: "none" });
await misbehave(mended);
process.off("disconnect", orphaned);
if (process.connected) process.disconnect();
