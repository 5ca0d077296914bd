/** One fault of the configuration. */
export interface ConfigFault {
  /** What is at fault: an option (`spool.maxSizeBytes`), a variable (`OTEL_TRACES_SAMPLER`) or a key of the file (`tracer_provider.sampler`). */
  readonly path: string;
  /** What it must be; completes "must be …". */
  readonly rule: string;
  /** What it is, as text; secrets redacted. */
  readonly value: string;
  /** `options`, `environment`, or the file with the line (`runlight.yaml:12`). */
  readonly where: string;
}

/**
 * All faults of options, environment and configuration file, told at once before anything is started.
 *
 * A `RangeError` with the code `RUNLIGHT_CONFIG`. Its message has one line a fault.
 */
export class TelemetryConfigError extends RangeError {
  readonly code = "RUNLIGHT_CONFIG";
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    super(faults.map(faultLine).join("\n"));
    this.name = "TelemetryConfigError";
    this.faults = faults;
  }
}

function faultLine({ path, rule, value, where }: ConfigFault): string {
  // A name of an option or a variable says where it stands; a key of a file does not.
  const subject = where === "options" || where === "environment" ? path : `${where} ${path}`;
  return `Cannot start telemetry: ${subject} must be ${rule}, current value is ${value}`;
}
