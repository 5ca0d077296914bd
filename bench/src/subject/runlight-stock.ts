import { startWith } from "./runlight.ts";
import type { Subject, SubjectSettings } from "./subject.ts";

/** Telemetry as `initTelemetry()` sets it up, with every operation through the stock SDK. */
export function start(settings: SubjectSettings): Promise<Subject> {
  const config = { fastLane: false };
  return startWith(settings, config);
}
