import type { TelemetrySettings } from "../config/telemetry-settings.ts";
import type { Trouble } from "../self/trouble.ts";

/** Says once which of the user's own parts do not see operations, because these take the fast lane. */
export function tellUnseen(settings: TelemetrySettings, trouble: Trouble): void {
  const parts = {
    spanProcessors: settings.parts.spanProcessors,
    logRecordProcessors: settings.parts.logRecordProcessors,
    metricReaders: settings.parts.metricReaders,
    views: settings.views,
  };
  const unseeing = Object.entries(parts).flatMap(([name, given]) => (given?.length ? [name] : []));
  if (unseeing.length === 0) return;
  trouble.tell(
    "fast lane",
    `The configured ${unseeing.join(", ")} do not see workflows, stages, pipelines and kernels; with fastLane: false they do`,
  );
}
