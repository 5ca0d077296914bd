/** What the main thread does, as the profile's table has it. */
export const areas = ["context", "clock", "core", "sdk", "spool", "stock", "file", "node", "garbage"] as const;

/** One of them. */
export type Area = (typeof areas)[number];

/** Where a function stands. */
export interface CallFrame {
  readonly functionName: string;
  readonly url: string;
}

const asyncContext = /async_context_frame|async_local_storage|context-async-hooks|async_hooks/;
const writing = /^(?:writeBuffer|writeBuffers|writev|fsync|fdatasync)$/;

/** The area of a function's own time; `undefined` for what is no work of the subject: idling, the bench, the profiler. */
export function areaOf({ functionName, url }: CallFrame): Area | undefined {
  if (functionName === "(garbage collector)") return "garbage";
  if (/^\((?:idle|program|root)\)$/.test(functionName) || url.startsWith("node:inspector")) return undefined;
  if (asyncContext.test(url) || (url === "" && functionName === "run")) return "context";
  if (functionName === "now") return "clock";
  if (url.startsWith("node:fs") || (url === "" && writing.test(functionName))) return "file";
  if (url.includes("/node_modules/")) return "stock";
  if (url.includes("/bench/")) return undefined;
  const ours = /\/packages\/([\w-]+)\//.exec(url)?.[1];
  if (ours === undefined) return "node";
  if (ours === "spool") return "spool";
  return ours === "core" || ours === "conventions" ? "core" : "sdk";
}
