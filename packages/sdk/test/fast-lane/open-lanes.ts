import { resourceFromAttributes } from "@opentelemetry/resources";
import type { Resource } from "@opentelemetry/resources";
import { defaultBounds, describeProcess, openSpool, readFrames } from "@runlight/spool";
import type { Frame } from "@runlight/spool";
import { temporaryDirectory } from "@runlight/testing";
import { Lane, openBatch } from "../../src/fast-lane/lane.ts";

/** What the lanes' items belong to. */
export const resource: Resource = resourceFromAttributes({ "service.name": "flights" });

/** The ways of both signals into a spool on disk. */
export interface OpenLanes {
  readonly traces: Lane;
  readonly logs: Lane;
  /** What could not be encoded. */
  readonly failures: readonly unknown[];
  readonly flush: () => void;
  /** What is in the file after a flush. */
  readonly frames: () => readonly Frame[];
}

/** Opens a spool of its own; it is gone when the test ends. */
export function openLanes(): OpenLanes {
  const failures: unknown[] = [];
  const spool = openSpool({
    root: temporaryDirectory().path,
    bounds: defaultBounds,
    identity: describeProcess("flights"),
  });
  const laneOf = (signal: "logs" | "traces"): Lane => {
    const batch = openBatch(spool, signal, resource);
    if (batch === undefined) throw new Error("no batch");
    return new Lane(batch, { written() {}, failed: (error) => failures.push(error) });
  };
  return {
    traces: laneOf("traces"),
    logs: laneOf("logs"),
    failures,
    flush: () => spool.flush(),
    frames() {
      spool.flush();
      return [...readFrames(spool.directory)];
    },
  };
}
