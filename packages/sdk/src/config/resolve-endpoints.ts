import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { OtlpEndpoint, Signal, TlsSettings } from "@runlight/spool";
import type { Found } from "./claims.ts";
import { brokenRule } from "./faults.ts";
import type { SettingChoice } from "./setting-choice.ts";
import { signals } from "./setting-values.ts";
import type { ConfigFault } from "./telemetry-config-error.ts";
import type { TelemetrySettings } from "./telemetry-settings.ts";

/** Where the signals go. */
export interface ResolvedEndpoints extends Pick<TelemetrySettings, Signal | "protocol"> {
  readonly faults: readonly ConfigFault[];
}

interface EndpointContext {
  readonly choice: SettingChoice;
  readonly mode: "direct" | "spool";
  readonly workingDirectory: string;
  readonly faults: ConfigFault[];
}

const defaultBase = "http://localhost:4318/v1";
const defaultTimeoutMs = 10_000;

/** Resolves the endpoint of each signal, reads the TLS files once to be sure of them, and holds the encodings against each other. */
export function resolveEndpoints(
  choice: SettingChoice,
  mode: "direct" | "spool",
  workingDirectory: string,
): ResolvedEndpoints {
  const faults: ConfigFault[] = [];
  const context = { choice, mode, workingDirectory, faults };
  const [traces, metrics, logs] = [
    resolveEndpoint("traces", context),
    resolveEndpoint("metrics", context),
    resolveEndpoint("logs", context),
  ];
  return { traces, metrics, logs, protocol: resolveProtocol(context), faults };
}

function resolveEndpoint(signal: Signal, context: EndpointContext): OtlpEndpoint | "none" | undefined {
  const { choice, mode } = context;
  const exporter = choice.find(`${signal}.exporter`)?.value;
  if (exporter === "none") return "none";
  const given = choice.find(`${signal}.endpoint`)?.value;
  // A spool without a receiver keeps everything; whoever names an exporter, or has no spool, means the receiver on this host.
  if (given === undefined && exporter === undefined && mode === "spool") return undefined;
  return {
    url: choice.choose(`${signal}.endpoint`, `${defaultBase}/${signal}`),
    headers: Object.fromEntries(choice.collect(`${signal}.headers.`)),
    timeoutMs: choice.choose(`${signal}.timeoutMs`, defaultTimeoutMs),
    compression: choice.choose(`${signal}.compression`, "none"),
    tls: resolveTls(signal, context),
  };
}

function resolveTls(signal: Signal, context: EndpointContext): TlsSettings {
  const { choice, faults } = context;
  const ca = choice.find(`${signal}.caFile`);
  const certificate = choice.find(`${signal}.certificateFile`);
  const key = choice.find(`${signal}.keyFile`);
  const lonely = certificate === undefined ? key : key === undefined ? certificate : undefined;
  if (lonely !== undefined) {
    const other = lonely === key ? "client certificate" : "client key";
    faults.push(brokenRule(faultPlace(lonely), { text: `given together with a ${other}` }, lonely.value));
  }
  const caFile = pemFile(ca, context);
  const certificateFile = pemFile(certificate, context);
  const keyFile = pemFile(key, context);
  return { ...(caFile && { caFile }), ...(certificateFile && { certificateFile }), ...(keyFile && { keyFile }) };
}

function pemFile(found: Found<string> | undefined, { workingDirectory, faults }: EndpointContext): string | undefined {
  if (found === undefined) return undefined;
  const path = resolve(workingDirectory, found.value);
  if (!isPem(path))
    faults.push(brokenRule(faultPlace(found), { text: "the path of a readable PEM file" }, found.value));
  return path;
}

function isPem(path: string): boolean {
  try {
    return existsSync(path) && readFileSync(path, "utf8").includes("-----BEGIN ");
  } catch {
    return false;
  }
}

function resolveProtocol({ choice, mode, faults }: EndpointContext): "http/json" | "http/protobuf" {
  const found = signals.flatMap((signal) => choice.find(`${signal}.protocol`) ?? []);
  const [first] = found;
  for (const other of found) {
    const text =
      other.value === first?.value ? undefined : `${first?.value}, as ${first?.place.path} says it for another signal`;
    if (text !== undefined) faults.push(brokenRule(faultPlace(other), { text }, other.value));
    else if (other.value === "http/json" && mode === "spool") {
      faults.push(
        brokenRule(faultPlace(other), { text: "http/protobuf, as mode spool ships nothing else" }, other.value),
      );
    }
  }
  return first?.value ?? "http/protobuf";
}

/** Where to tell a fault of a value that was found. */
export function faultPlace({ place }: Found<unknown>): Pick<ConfigFault, "path" | "where"> {
  const where = { option: "options", environment: "environment", file: place.where }[place.source];
  return { path: place.path, where };
}
