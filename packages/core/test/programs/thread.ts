// A worker thread: runs a stage in the context its data brings, and posts the spans it ended.
import { parentPort, workerData } from "node:worker_threads";
import { ROOT_CONTEXT, context, propagation } from "@opentelemetry/api";
import { kernel, stage } from "@runlight/core";
import { toPlain } from "../guarantees/observe.ts";
import type { PlainSpan } from "../guarantees/observe.ts";
import { registerSdk } from "./register-sdk.ts";
import type { Environment } from "./register-sdk.ts";

const { environment, carrier, n } = workerData as {
  readonly environment: Environment;
  readonly carrier: Readonly<Record<string, string>>;
  readonly n: number;
};
const spans: PlainSpan[] = [];
await registerSdk(environment, (span) => void spans.push(toPlain(span)));
const result = context.with(propagation.extract(ROOT_CONTEXT, carrier), () =>
  stage("inside", () => kernel("square", () => n * n)),
);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
parentPort?.postMessage({ result, spans });
