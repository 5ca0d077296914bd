// One measurement: runs the job it was given, tells what came of it, and ends.
import type { ChildAnswer, ChildJob } from "../measure/cell.ts";
import type { Subject, SubjectModule } from "../subject/subject.ts";
import type { RegimeModule } from "./regime.ts";

const regimes: Readonly<Record<string, () => Promise<RegimeModule>>> = {
  allocation: () => import("./allocation.ts"),
  append: () => import("./append.ts"),
  blocked: () => import("./blocked.ts"),
  burst: () => import("./burst.ts"),
  calibration: () => import("./calibration.ts"),
  collection: () => import("./collection.ts"),
  crash: () => import("./crash.ts"),
  flights: () => import("./flights.ts"),
  idle: () => import("./idle.ts"),
  paced: () => import("./paced.ts"),
  pairs: () => import("./pairs.ts"),
  profile: () => import("./profile.ts"),
  recovery: () => import("./recovery.ts"),
  start: () => import("./start.ts"),
  tight: () => import("./tight.ts"),
};

const job = JSON.parse(process.argv[2] ?? "{}") as ChildJob;
const load = regimes[job.regime];
if (load === undefined)
  throw new RangeError(
    `Cannot measure: regime must be one of ${Object.keys(regimes).join(", ")}, current value is ${job.regime}`,
  );
const { run } = await load();
let subject: Subject | undefined;
const answer = await run({
  job,
  async startSubject() {
    const { start } = (await import(job.subject)) as SubjectModule;
    subject = await start(job);
    return subject;
  },
});
const account = subject?.account?.();
process.send?.({ ...answer, ...(account === undefined ? {} : { account }) } satisfies ChildAnswer, () =>
  process.exit(0),
);
