import { createHash } from "node:crypto";
import { context } from "@opentelemetry/api";
import { ATTR_RUNLIGHT_WORKFLOW_CONFIG_HASH, EVENT_WORKFLOW_CONFIG } from "@runlight/conventions/names";
import { activeOperation } from "../context/active-operation.ts";
import { emitEvent } from "./events.ts";
import { plainValue } from "./plain-value.ts";
import type { PlainValue } from "./plain-value.ts";

/** Longest configuration that is written, in UTF-16 units of its JSON; of a longer one, parts that are long themselves are marked as cut. */
export const maxConfigurationLength = 65_536;

const longestPart = 1024;

/**
 * Records with what configuration the active run works: a `workflow.config` record, and its hash on the workflow's span. The hash is of the
 * whole configuration as given, whatever the order of its keys; the record is redacted as all records are. Never throws.
 * @param configuration Parameters by name.
 * @returns the hash, SHA-256 in hexadecimal.
 */
export function recordConfiguration(configuration: Readonly<Record<string, unknown>>): string {
  const plain = plainValue(configuration);
  const text = JSON.stringify(plain);
  const hash = createHash("sha256").update(text).digest("hex");
  const body = text.length <= maxConfigurationLength ? plain : withoutLongParts(plain);
  const attributes = { [ATTR_RUNLIGHT_WORKFLOW_CONFIG_HASH]: hash };
  const run = activeOperation(context.active())?.run;
  const [root] = run?.open ?? [];
  root?.setAttributes(attributes);
  const map = typeof body === "object" && body !== null && !Array.isArray(body) ? body : { value: body };
  context.with(root?.context ?? context.active(), () =>
    emitEvent({
      eventName: EVENT_WORKFLOW_CONFIG,
      severity: "INFO",
      attributes,
      body: map as Readonly<Record<string, unknown>>,
    }),
  );
  return hash;
}

function withoutLongParts(plain: PlainValue): PlainValue {
  let left = maxConfigurationLength;
  const kept = Object.entries(plain ?? {}).map(([key, value]) => {
    const length = key.length + JSON.stringify(value).length;
    const fits = length <= longestPart && length <= left;
    if (fits) left -= length;
    return [key.slice(0, longestPart), fits ? value : "[truncated]"] as const;
  });
  return Object.fromEntries(kept.slice(0, maxConfigurationLength / longestPart));
}
