/** What a ratio or a figure is to reach. */
export interface Goal {
  /** Letter of the goal, and name of the suite's ratio that it is judged by. */
  readonly ratio: string;
  readonly what: string;
  readonly comparison: "atLeast" | "atMost";
  readonly value: number;
  /** Written behind a number: `x`, ` µs`. */
  readonly unit: string;
}

const times = { comparison: "atLeast", unit: "x" } as const;

/** The goals, in reading order. They are judged on the median of the rounds, with everything of ours delivered. */
export const goals: readonly Goal[] = [
  { ratio: "a.main", what: "span of an operation: less main-thread time than sdk-node", value: 10, ...times },
  { ratio: "a.process", what: "span of an operation: less process time than sdk-node", value: 10, ...times },
  { ratio: "a.ddtrace", what: "span of an operation: less main-thread time than dd-trace", value: 6, ...times },
  {
    ratio: "b.main",
    what: "three signals of an operation: less main-thread time than by hand on sdk-node",
    value: 10,
    ...times,
  },
  { ratio: "b.process", what: "three signals of an operation: less process time", value: 12, ...times },
  { ratio: "b.kernel", what: "kernel declared synchronous: less main-thread time than by hand", value: 14, ...times },
  {
    ratio: "nosdk.kernel",
    what: "operation in a program that switches no telemetry on",
    comparison: "atMost",
    value: 0.3,
    unit: " µs",
  },
  {
    ratio: "c.overhead",
    what: "around 50 µs of work: main-thread time added by three signals",
    comparison: "atMost",
    value: 5,
    unit: " %",
  },
  {
    ratio: "d.operation",
    what: "allocated by the three signals of an operation",
    comparison: "atMost",
    value: 1300,
    unit: " B",
  },
  { ratio: "d.kernel", what: "allocated by a synchronous kernel", comparison: "atMost", value: 400, unit: " B" },
  { ratio: "d.metric", what: "allocated by a bound metric record", comparison: "atMost", value: 0, unit: " B" },
  { ratio: "e.bound", what: "bound metric record: faster than `histogram.record`", value: 25, ...times },
  { ratio: "e.fresh", what: "metric record with fresh attributes: faster than `histogram.record`", value: 8, ...times },
  {
    ratio: "e.collection",
    what: "longest standstill while 10,000 series are collected",
    comparison: "atMost",
    value: 3,
    unit: " ms",
  },
  { ratio: "f.p999", what: "10,000 operations a second: p99.9 of the call below sdk-node's", value: 6, ...times },
  {
    ratio: "f.delay",
    what: "10,000 operations a second: event-loop delay p99 above idle",
    comparison: "atMost",
    value: 1,
    unit: " ms",
  },
  {
    ratio: "g.lost",
    what: "lost of 100,000 spans and 100,000 records in one burst",
    comparison: "atMost",
    value: 0,
    unit: " %",
  },
  {
    ratio: "g.memory",
    what: "waiting in memory meanwhile, of its budget",
    comparison: "atMost",
    value: 100,
    unit: " %",
  },
  {
    ratio: "h.early",
    what: "spans at the receiver before a loop of 4 s yields",
    comparison: "atLeast",
    value: 60,
    unit: " %",
  },
  {
    ratio: "i.main",
    what: "log record of an operation: less main-thread time than the stock logger",
    value: 8,
    ...times,
  },
  {
    ratio: "i.process",
    what: "log record of an operation: less process time than the stock logger",
    value: 8,
    ...times,
  },
  { ratio: "j.cpu", what: "start: process time, of NodeSDK's", comparison: "atMost", value: 33.4, unit: " %" },
  { ratio: "j.memory", what: "start: resident memory, of NodeSDK's", comparison: "atMost", value: 50, unit: " %" },
  { ratio: "j.idle", what: "56 operations a second: share of a core", comparison: "atMost", value: 0.5, unit: " %" },
  { ratio: "j.off", what: "operation that is not recorded", comparison: "atMost", value: 0.3, unit: " µs" },
  {
    ratio: "k.append",
    what: "spool append of what one operation gives",
    comparison: "atMost",
    value: 150,
    unit: " ns",
  },
  { ratio: "k.recovery", what: "recovery reads", comparison: "atLeast", value: 300, unit: " MB/s" },
  {
    ratio: "l.flights",
    what: "the flights example: process time added",
    comparison: "atMost",
    value: 5,
    unit: " %",
  },
  {
    ratio: "l.flights.main",
    what: "the flights example: main-thread time added",
    comparison: "atMost",
    value: 5,
    unit: " %",
  },
];

/** Tells whether `value` reaches the goal. */
export function reaches(goal: Goal, value: number): boolean {
  return goal.comparison === "atLeast" ? value >= goal.value : value <= goal.value;
}
