import { createClaims, type SourceReading } from "../claims.ts";
import { brokenRule } from "../faults.ts";
import { isRecord } from "../is-record.ts";
import type { ConfigFault } from "../telemetry-config-error.ts";
import { optionEntries } from "./option-entries.ts";
import { readEntries } from "./option-entry.ts";

/** Reads what was given to `initTelemetry()`. JavaScript callers can give anything, so it is all checked. */
export function readOptions(config: unknown): SourceReading {
  const claims = createClaims();
  const faults: ConfigFault[] = [];
  const where = "options";
  if (!isRecord(config)) {
    return {
      claims,
      faults: [brokenRule({ path: "the argument of initTelemetry()", where }, { text: "an object" }, config)],
    };
  }
  readEntries(
    optionEntries,
    { value: config, prefix: "" },
    {
      add: (path, found) => claims.add(found, { source: "option", path, where: path }),
      refuse: (path, rule, value) => faults.push(brokenRule({ path, where }, rule, value)),
    },
  );
  return { claims, faults };
}
