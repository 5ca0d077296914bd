// The receiving side, a process of its own: what it costs to receive is no cost of what is measured.
import { startCounter } from "./counter.ts";
import type { Counter } from "./counter.ts";
import type { SinkAnswer, SinkRequest } from "./sink.ts";

const counters = new Map<number, Counter>();

async function answer(request: SinkRequest): Promise<SinkAnswer> {
  if (request.action === "open") {
    const counter = await startCounter();
    counters.set(counter.port, counter);
    return { id: request.id, port: counter.port };
  }
  const counter = counters.get(request.port);
  if (counter === undefined) return { id: request.id, error: `nothing listens on port ${request.port}` };
  if (request.action === "close") {
    counter.close();
    counters.delete(request.port);
  }
  return { id: request.id, received: counter.received };
}

process.on("message", (request: SinkRequest) => {
  answer(request).then(
    (told) => process.send?.(told),
    (error: unknown) => process.send?.({ id: request.id, error: String(error) } satisfies SinkAnswer),
  );
});
process.on("disconnect", () => process.exit(0));
