import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import type * as nodeHttp from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { context, propagation } from "@opentelemetry/api";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { kernel, stage } from "@runlight/core";
import type { GuaranteeCase } from "./guarantee-case.ts";
import { fromPlain } from "./observe.ts";
import type { PlainSpan } from "./observe.ts";

type Http = typeof nodeHttp;
let http: Http | undefined;

/** Node's own http, instrumented by somebody else: what is imported stays as it is, what is required is patched. Calls to `/quiet` are not seen. */
function instrumentedHttp(): Http {
  if (http !== undefined) return http;
  const seen = new HttpInstrumentation({ ignoreIncomingRequestHook: ({ url }) => url === "/quiet" });
  assert.equal(seen.isEnabled(), true);
  return (http = createRequire(import.meta.url)("node:http") as Http);
}

/** Serves with `answer` while `body` runs; a connection serves one request. */
async function serving(
  answer: (end: (text: string) => void) => void,
  body: (url: string, closed: Promise<unknown>) => Promise<void>,
): Promise<void> {
  const { createServer } = instrumentedHttp();
  const closing = Promise.withResolvers<undefined>();
  const server = createServer((_request, response) => {
    response.once("close", () => closing.resolve(undefined));
    response.setHeader("connection", "close");
    answer((text) => response.end(text));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  try {
    await body(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, closing.promise);
  } finally {
    server.close();
  }
}

/** Threads, processes and instrumentation of others: what is not called by the operation alone. */
export const outsideCases: readonly GuaranteeCase[] = [
  {
    row: "worker thread",
    guarantee: "its operations are children of what started it, given the context in a carrier",
    async work({ environment, add }) {
      const worker = await stage("start", async () => {
        const carrier: Record<string, string> = {};
        propagation.inject(context.active(), carrier);
        const file = new URL("../programs/thread.ts", import.meta.url);
        const started = new Worker(file, { workerData: { environment, carrier, n: 7 } });
        const [{ result, spans }] = (await once(started, "message")) as [{ result: number; spans: PlainSpan[] }];
        assert.equal(result, 49);
        // What comes back is heard where it is awaited.
        kernel("after", () => undefined);
        add(spans.map(fromPlain));
        return started;
      });
      await worker.terminate();
    },
    spans: [
      "kernel after success < start",
      "kernel square success < inside",
      "stage inside success < start",
      "stage start success",
    ],
  },
  {
    row: "`process.exit` right after",
    guarantee: "the SDK has every span that ended before it; the exit code stays",
    async work({ environment, add }) {
      const file = fileURLToPath(new URL("../programs/exit-at-once.ts", import.meta.url));
      const { code, stdout } = await new Promise<{ code: unknown; stdout: string }>((resolve) =>
        execFile(process.execPath, [file, environment], (error, text) => resolve({ code: error?.code, stdout: text })),
      );
      assert.equal(code, 7);
      const lines = stdout.split("\n").filter((line) => line !== "");
      add(lines.map((line) => fromPlain(JSON.parse(line) as PlainSpan)));
    },
    spans: ["stage s success < w", "workflow w success"],
  },
  {
    row: "third-party span as parent",
    guarantee: "an operation is a child of the instrumentation's span that is active",
    async work() {
      const answer = (end: (text: string) => void): void => stage("serve", () => end("served"));
      await serving(answer, async (url, closed) => {
        // What `fetch` does is not seen by this instrumentation.
        assert.equal(await (await fetch(url)).text(), "served");
        await closed;
      });
    },
    spans: ["stage serve success < [server GET]", "[server GET]"],
  },
  {
    row: "third-party span as child",
    guarantee: "an instrumentation's span is a child of the operation that is active",
    async work() {
      await serving(
        (end) => end("quiet"),
        async (url) => {
          const text = await stage("call", async () => {
            const [response] = (await once(instrumentedHttp().get(`${url}/quiet`), "response")) as [
              AsyncIterable<Buffer>,
            ];
            let received = "";
            for await (const chunk of response) received += chunk.toString();
            return received;
          });
          assert.equal(text, "quiet");
        },
      );
    },
    spans: ["[client GET] < call", "stage call success"],
  },
];
