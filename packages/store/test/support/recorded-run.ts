import type { RecordedLog } from "./record-process.ts";

/** Attributes that every record of a run carries. */
export function runAttributes(runId: string, workflow = "monthly-processing"): Readonly<Record<string, unknown>> {
  return { "workflow.execution.id": runId, "workflow.definition.name": workflow };
}

/** A lifecycle record of a run's operation. */
export function lifecycle(
  runId: string,
  moment: string,
  at: number,
  more: Readonly<Record<string, unknown>> & { readonly name?: string; readonly span?: string } = {},
): RecordedLog {
  const [kind = ""] = moment.split(".");
  const { name = kind === "workflow" ? "monthly-processing" : kind, span, ...attributes } = more;
  return {
    at,
    event: moment,
    severity: /failed|lost/u.test(moment) ? 17 : 9,
    body: `${kind} ${name} ${moment.split(".")[1]}`,
    span: span ?? (kind === "workflow" ? "b7ad6b7169203331" : "00f067aa0ba902b7"),
    attributes: {
      ...runAttributes(runId),
      "runlight.operation.kind": kind,
      "runlight.operation.name": name,
      ...attributes,
    },
  };
}

/** Records of a whole run of `seconds`, with one stage, that ended well. */
export function wholeRun(runId: string, startMs: number, seconds = 10): readonly RecordedLog[] {
  const success = { "runlight.operation.outcome": "success" };
  return [
    lifecycle(runId, "workflow.started", startMs, { "workflow.trigger.type": "manual" }),
    lifecycle(runId, "stage.started", startMs + 1000, { name: "load" }),
    lifecycle(runId, "stage.completed", startMs + 3000, { name: "load", ...success, "runlight.operation.duration": 2 }),
    lifecycle(runId, "workflow.completed", startMs + seconds * 1000, {
      ...success,
      "runlight.operation.duration": seconds,
    }),
  ];
}
