import type { Column } from "./suite.ts";

/** What an operation costs, per operation. */
export const costs: readonly Column[] = [
  { figure: "hotNs", title: "in the call, ns", digits: 0 },
  { figure: "mainUs", title: "main thread, µs" },
  { figure: "processUs", title: "process, µs" },
];
