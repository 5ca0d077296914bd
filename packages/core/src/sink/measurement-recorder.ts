import type { Context } from "@opentelemetry/api";
import type { Measurement } from "./measurements.ts";

/** Where measurements go: the instruments of the OpenTelemetry API, or cells of an SDK's own. Never throws. */
export type MeasurementRecorder = (measurement: Measurement, context: Context | undefined) => void;
