import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { decodeLogs } from "../../src/otlp/decode-logs.ts";
import { encodeLogs } from "../../src/otlp/encode-logs.ts";
import { describeProcess } from "../../src/process/identity.ts";
import { readFrames } from "../../src/segment/read-frames.ts";
import type { SpoolBounds } from "../../src/settings.ts";
import { defaultBounds } from "../../src/spool/default-bounds.ts";
import { openSpool } from "../../src/spool/open-spool.ts";
import type { Spool } from "../../src/spool/spool.ts";

/** A directory that is removed when the test ends. */
export function temporaryRoot(): string {
  const root = mkdtempSync(join(tmpdir(), "runlight-spool-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

/** A spool of this process that is closed when the test ends. */
export function openTestSpool(root: string, bounds: Partial<SpoolBounds> = {}): Spool {
  const spool = openSpool({ root, bounds: { ...defaultBounds, ...bounds }, identity: describeProcess("test") });
  onTestFinished(() => spool.close("ended"));
  return spool;
}

/** A request of one log record whose body is `body`. */
export function logOf(body: unknown, service = "test"): Uint8Array {
  const scope = { name: "test" };
  const time = 1_700_000_000_000_000_000n;
  const record = {
    scope,
    timeUnixNano: time,
    observedTimeUnixNano: time,
    severityNumber: 9,
    body,
    attributes: {},
    droppedAttributesCount: 0,
    flags: 0,
  };
  return encodeLogs({ attributes: { "service.name": service } }, [record]);
}

/** The bodies of all log records in a spool. */
export function bodiesIn(directory: string): readonly unknown[] {
  return [...readFrames(directory, { signals: ["logs"] })].flatMap((frame) =>
    decodeLogs(frame.bytes).map((record) => record.body),
  );
}
