import type { Instrumentation } from "@opentelemetry/instrumentation";

/** Enables the user's instrumentations on the registered providers. Loads what that takes only when there are some. */
export async function registerInstrumentations(
  instrumentations: readonly Instrumentation[] | undefined,
): Promise<void> {
  if (instrumentations === undefined || instrumentations.length === 0) return;
  const { registerInstrumentations: register } = await import("@opentelemetry/instrumentation");
  register({ instrumentations: [...instrumentations] });
}
