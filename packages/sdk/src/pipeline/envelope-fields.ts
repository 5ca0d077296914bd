import type { InstrumentationScope } from "@opentelemetry/core";
import type { Resource } from "@opentelemetry/resources";
import { encodeAttributes } from "@runlight/spool";
import type { WireWriter } from "@runlight/spool";

/** The `resource` field of `ResourceSpans`, `ResourceLogs` and `ResourceMetrics`, as the official serializer writes it. Source: opentelemetry-proto. */
export function writeResource(writer: WireWriter, { attributes }: Resource): void {
  writer.message(1, () => {
    encodeAttributes(writer, 1, attributes);
    writer.uint(2, 0);
  });
}

/** The `scope` field of `ScopeSpans`, `ScopeLogs` and `ScopeMetrics`. */
export function writeScope(writer: WireWriter, { name, version }: InstrumentationScope): void {
  writer.message(1, () => {
    writer.string(1, name);
    if (version !== undefined) writer.string(2, version);
  });
}
