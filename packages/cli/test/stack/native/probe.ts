import { randomBytes } from "node:crypto";

/** What one probe sends; times are milliseconds since the epoch. */
export interface Probe {
  readonly endpoint: string;
  readonly service: string;
  readonly timeMs: number;
}

const second = 1_000;

/** Sends a trace with an operation and a foreign span, three log records and two metrics with an exemplar; gives the trace id. */
export async function sendProbe({ endpoint, service, timeMs }: Probe): Promise<string> {
  // Begins with a zero, as one in sixteen does by chance: Tempo writes it without.
  const traceId = `0${randomBytes(16).toString("hex").slice(1)}`;
  const spanId = randomBytes(8).toString("hex");
  const resource = {
    attributes: attributes({
      "service.name": service,
      "service.namespace": "probes",
      "deployment.environment.name": "test",
      "service.instance.id": "instance-1",
    }),
  };
  const times = { startTimeUnixNano: nanoseconds(timeMs - second), endTimeUnixNano: nanoseconds(timeMs) };
  const operation = { traceId, spanId, name: "monthly", kind: 1, ...times };
  const foreign = {
    traceId,
    spanId: randomBytes(8).toString("hex"),
    parentSpanId: spanId,
    name: "GET /",
    kind: 2,
    ...times,
  };
  await post(`${endpoint}/v1/traces`, {
    resourceSpans: [
      {
        resource,
        scopeSpans: [
          {
            spans: [
              {
                ...operation,
                attributes: attributes({
                  "runlight.operation.kind": "workflow",
                  "db.password": "hunter2",
                  "rows.token_count": "7",
                }),
              },
              { ...foreign, attributes: attributes({ "http.request.method": "GET" }) },
            ],
          },
        ],
      },
    ],
  });

  const record = { timeUnixNano: nanoseconds(timeMs), severityNumber: 9, severityText: "INFO", traceId, spanId };
  const records = [
    { ...record, eventName: "stage.completed", body: { stringValue: "plain" } },
    {
      ...record,
      eventName: "stage.failed",
      body: { stringValue: "own" },
      attributes: attributes({ "event.name": "mine" }),
    },
    { ...record, body: { stringValue: "sent with Bearer abcdefghijklmnopqrstuvwx" } },
  ];
  await post(`${endpoint}/v1/logs`, { resourceLogs: [{ resource, scopeLogs: [{ logRecords: records }] }] });

  const point = {
    startTimeUnixNano: nanoseconds(timeMs - second),
    timeUnixNano: nanoseconds(timeMs),
    attributes: attributes({ "workflow.definition.name": "monthly" }),
  };
  const exemplars = [{ timeUnixNano: nanoseconds(timeMs), asDouble: 1, traceId, spanId }];
  const histogram = {
    ...point,
    count: "1",
    sum: 1,
    bucketCounts: ["0", "1", "0"],
    explicitBounds: [0.5, 5],
    exemplars,
  };
  const metrics = [
    {
      name: "probe.errors",
      unit: "{error}",
      sum: { aggregationTemporality: 2, isMonotonic: true, dataPoints: [{ ...point, asInt: "1" }] },
    },
    { name: "probe.duration", unit: "s", histogram: { aggregationTemporality: 2, dataPoints: [histogram] } },
  ];
  await post(`${endpoint}/v1/metrics`, { resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] });
  return traceId;
}

function attributes(record: Readonly<Record<string, string>>): readonly object[] {
  return Object.entries(record).map(([key, value]) => ({ key, value: { stringValue: value } }));
}

function nanoseconds(milliseconds: number): string {
  return `${milliseconds}000000`;
}

async function post(url: string, body: object): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.text();
  if (response.status !== 200) throw new Error(`Cannot send to ${url}: ${response.status} ${answer}`);
}
