import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { schemaFaults } from "../../src/config/file/schema-faults.ts";
import { openTelemetrySchemaJson } from "../../src/config/generated/open-telemetry-schema.ts";

const generated = fileURLToPath(new URL("../../src/config/generated/open-telemetry-schema.ts", import.meta.url));

// The package compiles the schema into its validator, which holds it as a literal and stops at the first fault.
function officialSchema(): unknown {
  const parser = fileURLToPath(import.meta.resolve("@opentelemetry/configuration"));
  const validator = readFileSync(new URL("generated/validator.mjs", `file://${parser}`), "utf8");
  const [, literal = ""] = /const schema\d+ = (\{\n\t\t"\$schema"[\s\S]*?\n\t\});/.exec(validator) ?? [];
  return JSON.parse(JSON.stringify(runInNewContext(`(${literal})`))) as unknown;
}

function withoutDescriptions(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutDescriptions);
  if (typeof schema !== "object" || schema === null) return schema;
  const kept = Object.entries(schema).filter(
    ([key, value]) => !(typeof value === "string" && ["description", "$schema", "title"].includes(key)),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutDescriptions(value)]));
}

test("openTelemetrySchemaJson is the schema of @opentelemetry/configuration", async () => {
  const current = withoutDescriptions(officialSchema());
  expect(Object.keys(current as object)).toContain("properties");
  const source = readFileSync(generated, "utf8").replace(/'\{.*\}'/, () => `'${JSON.stringify(current)}'`);
  await expect(source).toMatchFileSnapshot(generated);
  expect(JSON.parse(openTelemetrySchemaJson)).toEqual(current);
});

test("schemaFaults() has no fault in the smallest file", () => {
  expect(schemaFaults({ file_format: "1.1" })).toEqual([]);
});

test("schemaFaults() says of each kind of fault what must be there, once a place", () => {
  const faults = schemaFaults({
    disabled: "no",
    log_level: 5,
    resource: { attributes: [{ name: "a", value: {} }, { name: "b" }] },
    propagator: { composite: 5 },
    tracer_provider: {
      processors: [
        { batch: { schedule_delay: -1, max_queue_size: 0, exporter: {} } },
        { batch: {}, simple: { exporter: { otlp_http: 1 } } },
      ],
      sampler: { trace_id_ratio_based: { ratio: 2 } },
      samplers: {},
    },
    meter_provider: { readers: [] },
    distribution: { runlight: 5 },
  });
  expect(new Map(faults.map(({ path, rule }) => [path.join("/"), rule]))).toEqual(
    new Map([
      ["file_format", "given"],
      ["disabled", "true or false"],
      ["log_level", expect.stringMatching(/^one of trace, trace2, .*, fatal4$/) as unknown],
      ["meter_provider/readers", "a list that is not empty"],
      ["propagator/composite", "a list"],
      [
        "tracer_provider/samplers",
        `left out, as there is no such setting in OpenTelemetry's schema (did you mean "sampler"?)`,
      ],
      ["tracer_provider/processors/0/batch/schedule_delay", "0 or more"],
      ["tracer_provider/processors/0/batch/max_queue_size", "more than 0"],
      ["tracer_provider/processors/0/batch/exporter", "a mapping that is not empty"],
      ["tracer_provider/processors/1", "a mapping with one key"],
      ["tracer_provider/processors/1/batch/exporter", "given"],
      ["tracer_provider/processors/1/simple/exporter/otlp_http", "a mapping"],
      ["tracer_provider/sampler/trace_id_ratio_based/ratio", "1 or less"],
      ["resource/attributes/0/value", "a string, a number, true or false, or a list of one of these"],
      ["resource/attributes/1/value", "given"],
      ["distribution/runlight", "a mapping"],
    ]),
  );
});
