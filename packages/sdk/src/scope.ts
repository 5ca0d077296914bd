/** Instrumentation scope of what telemetry says of itself. */
export const scopeName = "@runlight/sdk";

/** Version of that scope and of the distribution: this package's. */
export const scopeVersion = "0.1.0";
