import { createContextKey } from "@opentelemetry/api";
import type { Context } from "@opentelemetry/api";
import type { QueueCarrier } from "@runlight/core";
import type { ProcessSpan } from "./process-span.ts";

/** Longest metadata of a job that is looked at, in UTF-16 units. */
export const maxMetadataLength = 32_768;

const carrierKey = createContextKey("runlight bullmq carrier");
const nextKey = createContextKey("runlight bullmq next carrier");
const processKey = createContextKey("runlight bullmq process");

/** Part of a carrier whose attempt and time are of the attempt that begins, and not of the job's first. */
export const observedMark = "runlight-observed";

/** `parent` with what a job brought along: a carrier, or whatever a stranger put in its place. */
export function withMetadata(parent: Context, metadata: string): Context {
  return parent.setValue(carrierKey, parseMetadata(metadata));
}

/** What the job brought along; `undefined` when nothing. */
export function metadataIn(of: Context): unknown {
  return of.getValue(carrierKey);
}

/** `parent` with the carrier that a job put into a queue there gets. */
export function withNextCarrier(parent: Context, carrier: () => QueueCarrier): Context {
  return parent.setValue(nextKey, carrier);
}

/** The carrier for a job put into a queue there, as metadata; empty when none was offered. */
export function nextMetadataIn(of: Context): string {
  const carrier = of.getValue(nextKey) as (() => QueueCarrier) | undefined;
  return carrier === undefined ? "" : JSON.stringify(carrier());
}

/** `parent` within the processing of a job. */
export function withProcess(parent: Context, process: ProcessSpan): Context {
  // What a job's processing queues is no attempt of the job: it has to offer a carrier of its own.
  return parent.setValue(processKey, process).deleteValue(carrierKey).deleteValue(nextKey);
}

/** The processing of a job around a context. */
export function processIn(of: Context): ProcessSpan | undefined {
  return of.getValue(processKey) as ProcessSpan | undefined;
}

/** What a job's metadata say. Text that is no JSON stays text, which the carrier's reader counts as a fault. */
export function parseMetadata(metadata: string): unknown {
  if (metadata.length > maxMetadataLength) return metadata.slice(0, 1);
  try {
    return JSON.parse(metadata) as unknown;
  } catch {
    return metadata;
  }
}
