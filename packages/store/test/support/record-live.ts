import { context, logs, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { ProtobufLogsSerializer, ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import { LoggerProvider } from "@opentelemetry/sdk-logs";
import { TracerProvider } from "@opentelemetry/sdk-trace";
import { noteLogRecord, operationAttributes } from "@runlight/core";
import type { Spool } from "@runlight/spool";

/** Registers stock OpenTelemetry providers whose spans and log records go to `spool`, each as one request. */
export function recordInto(spool: Spool): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(
    new TracerProvider({
      spanProcessors: [
        {
          onStart: () => undefined,
          onEnd: (span) => append(spool, "traces", ProtobufTraceSerializer.serializeRequest([span])),
          forceFlush: async () => undefined,
          shutdown: async () => undefined,
        },
      ],
    }),
  );
  logs.setGlobalLoggerProvider(
    new LoggerProvider({
      processors: [
        {
          onEmit(record, of = context.active()) {
            for (const [name, value] of Object.entries(operationAttributes(of))) {
              if (record.attributes[name] === undefined && value !== undefined) record.setAttribute(name, value);
            }
            append(spool, "logs", ProtobufLogsSerializer.serializeRequest([record]));
            const { hrTime, severityNumber = 0, eventName, body, attributes } = record;
            const timeMs = hrTime[0] * 1000 + hrTime[1] / 1_000_000;
            noteLogRecord({ timeMs, severityNumber, eventName, body, attributes }, of);
          },
          forceFlush: async () => undefined,
          shutdown: async () => undefined,
        },
      ],
    }),
  );
}

function append(spool: Spool, signal: "logs" | "traces", request: Uint8Array | undefined): void {
  if (request !== undefined) spool.append(signal, request, { urgency: "prompt", records: 1 });
}
