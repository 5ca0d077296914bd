import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { relative } from "node:path";
import { pipeline } from "node:stream/promises";
import {
  ATTR_RUNLIGHT_ARTIFACT_PATH,
  ATTR_RUNLIGHT_ARTIFACT_SHA256,
  ATTR_RUNLIGHT_ARTIFACT_SIZE,
  EVENT_ARTIFACT_CREATED,
} from "@runlight/conventions/names";
import type { ArtifactSummary } from "../summary/run-summary.ts";
import { emitEvent } from "./events.ts";

/**
 * Records a file that the run wrote and is worth keeping: path, size, SHA-256. Reads the file once.
 * @throws the file system's error when the file cannot be read.
 */
export async function recordArtifact(path: string): Promise<ArtifactSummary> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  await pipeline(createReadStream(path), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      sizeBytes += chunk.length;
    }
  });
  const fromHere = relative(process.cwd(), path);
  const artifact = { path: fromHere.startsWith("..") ? path : fromHere, sizeBytes, sha256: hash.digest("hex") };
  emitEvent({
    eventName: EVENT_ARTIFACT_CREATED,
    severity: "INFO",
    attributes: {
      [ATTR_RUNLIGHT_ARTIFACT_PATH]: artifact.path,
      [ATTR_RUNLIGHT_ARTIFACT_SIZE]: sizeBytes,
      [ATTR_RUNLIGHT_ARTIFACT_SHA256]: artifact.sha256,
    },
    body: `artifact ${artifact.path}`,
  });
  return artifact;
}
