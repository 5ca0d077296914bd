import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseConfigFile } from "@opentelemetry/configuration";
import { temporaryDirectory } from "@runlight/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readConfigDocument } from "../../src/config/file/config-document.ts";

const variables = {
  SUBSTITUTED_TEXT: "some text",
  SUBSTITUTED_NUMBER: "0x1F",
  SUBSTITUTED_FLAG: "true",
  SUBSTITUTED_LIST: "[1, 2]",
  SUBSTITUTED_QUOTED: '"quoted"',
  SUBSTITUTED_EMPTY: "",
  SUBSTITUTED_REFERENCE: "${SUBSTITUTED_TEXT}",
};

// OpenTelemetry's parser substitutes from the environment of the process only.
beforeEach(() => {
  Object.assign(process.env, variables);
});
afterEach(() => {
  for (const name of Object.keys(variables)) delete process.env[name];
});

test.for([
  "${SUBSTITUTED_TEXT}",
  "${env:SUBSTITUTED_TEXT}",
  "before ${SUBSTITUTED_TEXT} and ${SUBSTITUTED_NUMBER} after",
  "${SUBSTITUTED_NUMBER}",
  '"${SUBSTITUTED_NUMBER}"',
  "'${SUBSTITUTED_FLAG}'",
  "${SUBSTITUTED_FLAG}",
  "${SUBSTITUTED_LIST}",
  "${SUBSTITUTED_QUOTED}",
  "${SUBSTITUTED_EMPTY}",
  "${SUBSTITUTED_EMPTY:-fallback}",
  "${SUBSTITUTED_UNDEFINED}",
  '"${SUBSTITUTED_UNDEFINED}"',
  "${SUBSTITUTED_UNDEFINED:-5}",
  "${SUBSTITUTED_UNDEFINED:-a:-b}",
  "${SUBSTITUTED_UNDEFINED:-}",
  "${SUBSTITUTED_REFERENCE}",
  "$${SUBSTITUTED_TEXT}",
  "$$$${SUBSTITUTED_TEXT}",
  "$$${SUBSTITUTED_TEXT}",
  "$SUBSTITUTED_TEXT",
  "a$$b",
  "${}",
  "&a ${SUBSTITUTED_TEXT}",
])("readConfigDocument() substitutes %s as OpenTelemetry's parser does", (scalar) => {
  using directory = temporaryDirectory();
  const text = `file_format: "1.1"\nx-scalar: ${scalar}\nx-list: [${scalar.startsWith("$") ? '"${SUBSTITUTED_TEXT}"' : "1"}]\n`;
  const path = join(directory.path, "config.yaml");
  writeFileSync(path, text);
  const expected = { file_format: "1.1", ...parseConfigFile(path) };
  const document = readConfigDocument("config.yaml", text, { ...variables });
  expect(document.faults).toEqual([]);
  expect(document.value).toEqual(expected);
});

test.for(["${1A}", "${A B}", "${A:b}", "${A-b}"])(
  "readConfigDocument() refuses %s as OpenTelemetry's parser does",
  (scalar) => {
    using directory = temporaryDirectory();
    const text = `file_format: "1.1"\nx-scalar: "${scalar}"\n`;
    const path = join(directory.path, "config.yaml");
    writeFileSync(path, text);
    expect(() => parseConfigFile(path)).toThrow("invalid env var substitution");
    expect(readConfigDocument("config.yaml", text, {}).faults).toHaveLength(1);
  },
);
