import { formatCount } from "@runlight/core";
import { resolveSettings } from "@runlight/sdk";
import { shipSpools } from "@runlight/spool";
import type { OtlpEndpoint, OtlpEndpoints, ShipReport } from "@runlight/spool";
import { CommandFault } from "../command-fault.ts";
import type { Invocation } from "../invocation.ts";
import { toJsonDocument } from "../output/json-output.ts";
import { createStatusLine } from "../output/status-line.ts";
import { requireSpools } from "./no-runs.ts";

/** What `runlight ship` was asked. */
export interface ShipCommandOptions {
  /** Base URL of an OTLP/HTTP receiver; stands above what the environment and the file say. */
  readonly endpoint?: string;
  /** Seconds. */
  readonly timeout: number;
  readonly json?: boolean;
}

/** Sends what ended and lost processes left. Throws `CommandFault` with exit code 1 when something is left afterwards. */
export async function ship(invocation: Invocation, options: ShipCommandOptions): Promise<void> {
  const { directory, spoolRoot, output } = invocation;
  const endpoints = await endpointsFor(options.endpoint);
  requireSpools(invocation);
  const interrupted = new AbortController();
  const stop = (): void => interrupted.abort();
  process.once("SIGINT", stop);
  const status = createStatusLine(process.stderr);
  const report = await shipSpools(spoolRoot, endpoints, {
    giveUpAfterMs: options.timeout * 1000,
    signal: interrupted.signal,
    onProgress: (progress) => status.show(describe(progress)),
  });
  status.clear();
  process.removeListener("SIGINT", stop);
  await output.write(
    options.json === true ? toJsonDocument(documentOf(directory, endpoints, report)) : `${describe(report)}\n`,
  );
  await output.flush();
  const left = whatIsLeft(report, interrupted.signal.aborted);
  if (left !== undefined) throw new CommandFault(left, 1);
}

const signals = ["traces", "metrics", "logs"] as const;

async function endpointsFor(endpoint: string | undefined): Promise<OtlpEndpoints> {
  const settings = await resolveSettings(endpoint === undefined ? {} : { endpoint }, process.env, process.cwd());
  const endpoints: Partial<Record<(typeof signals)[number], OtlpEndpoint>> = {};
  for (const signal of signals) {
    const target = settings[signal];
    if (target !== undefined && target !== "none") endpoints[signal] = target;
  }
  if (Object.keys(endpoints).length > 0) return endpoints;
  throw new CommandFault(
    "Cannot ship: endpoint must be the URL of an OTLP/HTTP receiver, current value is none; give --endpoint or OTEL_EXPORTER_OTLP_ENDPOINT",
    2,
  );
}

function describe(report: ShipReport): string {
  const { traces, metrics, logs, directories, skipped } = report;
  const rejected = total(report, "rejected");
  const failures = total(report, "failures");
  const counts = [
    `${formatCount(traces.shipped)} spans`,
    `${formatCount(logs.shipped)} log records`,
    `${formatCount(metrics.shipped)} metric exports`,
  ];
  return [
    directories.length === 0
      ? skipped.length === 0
        ? "nothing left to ship"
        : "nothing shipped"
      : `shipped ${counts.join(", ")} of ${formatCount(directories.length)} ${plural(directories.length)}`,
    ...(rejected > 0 ? [`${formatCount(rejected)} refused`] : []),
    ...(failures > 0 ? [`${formatCount(failures)} requests failed`] : []),
    ...(skipped.length > 0
      ? [
          `${formatCount(skipped.length)} ${plural(skipped.length)} left alone: at work, or not to be judged from this host`,
        ]
      : []),
  ].join("; ");
}

function plural(processes: number): string {
  return processes === 1 ? "process" : "processes";
}

function whatIsLeft(report: ShipReport, aborted: boolean): string | undefined {
  const why = report.lastError === undefined ? "" : `: ${report.lastError}`;
  if (aborted) return "interrupted: what is left stays on disk, and the next `runlight ship` goes on there";
  if (!report.complete)
    return `the receiver did not take everything in time${why}; what is left stays on disk, try again`;
  return total(report, "rejected") > 0 ? `the receiver refused records for good, they stay on disk${why}` : undefined;
}

function total(report: ShipReport, count: "failures" | "rejected"): number {
  return signals.reduce((sum, signal) => sum + report[signal][count], 0);
}

function documentOf(directory: string, endpoints: OtlpEndpoints, report: ShipReport): unknown {
  return {
    directory,
    complete: report.complete,
    spools: report.directories,
    skipped: report.skipped,
    signals: signals.map((signal) => ({
      signal,
      url: endpoints[signal]?.url,
      shipped: report[signal].shipped,
      rejected: report[signal].rejected,
      failures: report[signal].failures,
    })),
    lastError: report.lastError,
  };
}
