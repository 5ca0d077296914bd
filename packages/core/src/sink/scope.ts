/** Instrumentation scope of everything an operation emits. */
export const scopeName = "@runlight/core";

/** Version of that scope: this package's. */
export const scopeVersion = "0.1.0";

/** The scope as OpenTelemetry SDKs write it. */
export const operationScope: { readonly name: string; readonly version: string } = {
  name: scopeName,
  version: scopeVersion,
};
