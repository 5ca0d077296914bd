import { portsOf } from "./ports.ts";
import type { ProgramName } from "./programs.ts";
import type { StopSettings } from "./service-process.ts";
import { tempoHasStored } from "./tempo-shutdown.ts";

const timeoutMs = 30_000;

/** Gives how a part is stopped: 30 seconds, and Tempo once it has stored everything. */
export function stopSettings(program: ProgramName, portOffset: number): StopSettings {
  if (program !== "tempo") return { timeoutMs };
  const { tempo } = portsOf("tempo", portOffset);
  return { timeoutMs, isDone: () => tempoHasStored(`http://127.0.0.1:${tempo}`) };
}
