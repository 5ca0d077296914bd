import type { HrTime, TimeInput } from "@opentelemetry/api";
import { hrTime, millisToHrTime } from "@opentelemetry/core";

/** True for what the API takes as a time; an attribute map is none. */
export function isTimeInput(value: unknown): value is TimeInput {
  return typeof value === "number" || value instanceof Date || isHrTime(value);
}

function isHrTime(value: unknown): value is HrTime {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === "number");
}

/** A number up to `performance.now()` counts from the start of the process, a larger one is Unix time in milliseconds. */
export function timeOf(input: TimeInput | undefined): HrTime {
  if (typeof input === "number") return input <= performance.now() ? hrTime(input) : millisToHrTime(input);
  if (input instanceof Date) return millisToHrTime(input.getTime());
  return isHrTime(input) ? input : millisToHrTime(Date.now());
}
