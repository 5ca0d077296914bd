import { readFileSync, statSync } from "node:fs";
import { claim, createClaims, type SourceReading } from "../claims.ts";
import { isRecord } from "../is-record.ts";
import { diagnosticSeverity } from "../rules/log-level.ts";
import { trueOrFalse } from "../rules/rule.ts";
import type { ConfigFault } from "../telemetry-config-error.ts";
import { readConfigDocument } from "./config-document.ts";
import type { ConfigFilePlace } from "./config-file-place.ts";
import { createFileReader, type FileReader } from "./file-reader.ts";
import { readDistribution } from "./read-distribution.ts";
import { readAttributeLimits, readLoggerProvider, readMeterProvider, readTracerProvider } from "./read-providers.ts";
import { readPropagator, readResource } from "./read-resource.ts";
import { schemaFaults } from "./schema-faults.ts";
import { unhonouredParts } from "./unhonoured-parts.ts";

const maxSizeBytes = 1_048_576;
const supportedFormat = /^1\.[01](-.+)?$/;

/**
 * Reads an OpenTelemetry declarative configuration file (file format 1.0 and 1.1) with Runlight's own settings in `distribution.runlight`.
 *
 * Faults are what breaks the official JSON schema, what Runlight cannot honour, and values out of range: all of them, each with its line.
 */
export function readConfigFile(place: ConfigFilePlace, environment: NodeJS.ProcessEnv): SourceReading {
  const text = textOf(place);
  if (typeof text !== "string") return { claims: createClaims(), faults: [text] };
  const document = readConfigDocument(place.name, text, environment);
  const reader = createFileReader(document);
  if (document.value === undefined) return reader;
  if (!isRecord(document.value)) {
    const fault = {
      path: "the file",
      rule: "a mapping that begins with file_format",
      value: "something else",
      where: place.name,
    };
    return { claims: reader.claims, faults: [...reader.faults, fault] };
  }
  for (const { path, rule } of schemaFaults(document.value)) reader.refuse(path, { text: rule });
  for (const { path, rule } of unhonouredParts(document.value)) reader.refuse(path, { text: rule });
  readParts(reader);
  return reader;
}

function readParts(reader: FileReader): void {
  const format = reader.value(["file_format"]);
  if (typeof format === "string" && !supportedFormat.test(format))
    reader.refuse(["file_format"], { text: '"1.0" or "1.1"' });
  reader.take(["disabled"], trueOrFalse, (disabled) => [claim("disabled", disabled)]);
  reader.take(["log_level"], diagnosticSeverity, (level) => [claim("diagnosticLevel", level)]);
  readResource(reader);
  readPropagator(reader);
  readAttributeLimits(reader);
  readTracerProvider(reader);
  readMeterProvider(reader);
  readLoggerProvider(reader);
  readDistribution(reader);
}

function textOf({ path, givenBy, name }: ConfigFilePlace): ConfigFault | string {
  try {
    const file = statSync(path);
    // Reading a pipe or device might never end.
    if (!file.isFile()) return { ...givenBy, rule: "a regular file", value: JSON.stringify(name) };
    const { size } = file;
    if (size > maxSizeBytes)
      return { ...givenBy, rule: `a file of at most ${maxSizeBytes} bytes`, value: `${size} bytes` };
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    return { ...givenBy, rule: "a readable file", value: `${JSON.stringify(name)} (${code})` };
  }
}
