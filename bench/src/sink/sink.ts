import { fileURLToPath } from "node:url";
import { startChild } from "../measure/children.ts";
import type { Received } from "./counter.ts";

/** What the sink's process is asked. */
export type SinkRequest =
  | { readonly id: number; readonly action: "open" }
  | { readonly id: number; readonly action: "close" | "look"; readonly port: number };

/** What it answers. */
export interface SinkAnswer {
  readonly id: number;
  readonly port?: number;
  readonly received?: Received;
  readonly error?: string;
}

/** A receiver of one measurement. */
export interface Receiver {
  readonly endpoint: string;
  /** What has come so far. */
  look(): Promise<Received>;
  close(): Promise<void>;
}

/** The process that receives and counts what is measured. */
export interface Sink {
  /** Opens a receiver on a port of its own, so that no measurement sees another's items. */
  open(): Promise<Receiver>;
  stop(): void;
}

/** Starts the sink's process. */
export function startSink(): Sink {
  const child = startChild({ script: fileURLToPath(new URL("sink-process.ts", import.meta.url)) });
  const waiting = new Map<number, { resolve: (answer: SinkAnswer) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  child.process.on("message", (answer: SinkAnswer) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.error === undefined) asked?.resolve(answer);
    else asked?.reject(new Error(`The sink cannot count: ${answer.error}`));
  });
  child.process.once("exit", () => {
    for (const { reject } of waiting.values()) reject(new Error(`The sink's process ended: ${child.errors()}`));
    waiting.clear();
  });

  function ask(request: { action: "open" } | { action: "close" | "look"; port: number }): Promise<SinkAnswer> {
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      child.process.send({ ...request, id });
    });
  }

  return {
    async open() {
      const { port = 0 } = await ask({ action: "open" });
      return {
        endpoint: `http://127.0.0.1:${port}`,
        async look() {
          const { received } = await ask({ action: "look", port });
          if (received === undefined) throw new Error("The sink told nothing");
          return received;
        },
        async close() {
          await ask({ action: "close", port });
        },
      };
    },
    stop: () => child.kill(),
  };
}
