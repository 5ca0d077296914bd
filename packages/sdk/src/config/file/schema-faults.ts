import { Ajv2020, type DefinedError } from "ajv/dist/2020.js";
import { unknownName } from "../faults.ts";
import { openTelemetrySchemaJson } from "../generated/open-telemetry-schema.ts";
import type { FilePath } from "./file-path.ts";

/** Where a file breaks OpenTelemetry's schema, and what must be there. */
export interface SchemaFault {
  readonly path: FilePath;
  readonly rule: string;
}

const typeNames: ReadonlyMap<string, string> = new Map([
  ["array", "a list"],
  ["boolean", "true or false"],
  ["integer", "an integer"],
  ["number", "a number"],
  ["object", "a mapping"],
  ["string", "a string"],
]);

/**
 * All places where a file breaks the official JSON schema, one fault each.
 *
 * Compiling the schema costs about 100 ms, so this module is imported only where there is a file.
 */
export function schemaFaults(file: unknown): readonly SchemaFault[] {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false, validateSchema: false });
  const validate = ajv.compile(JSON.parse(openTelemetrySchemaJson) as object);
  if (validate(file)) return [];
  const perPath = new Map<string, { readonly rank: number; readonly fault: SchemaFault }>();
  for (const each of validate.errors ?? []) {
    // The schema has no keywords but those of JSON Schema.
    const error = each as DefinedError;
    const fault = faultOf(error);
    const key = JSON.stringify(fault.path);
    const rank = rankOf(error);
    if (rank < (perPath.get(key)?.rank ?? Infinity)) perPath.set(key, { rank, fault });
  }
  return [...perPath.values()].map(({ fault }) => fault);
}

// Of several errors at one place, the one that says most.
function rankOf({ keyword }: DefinedError): number {
  const order = ["oneOf", "enum", "type"].indexOf(keyword);
  return order === -1 ? 3 : order;
}

function faultOf(error: DefinedError): SchemaFault {
  const path = error.instancePath.split("/").slice(1).map(pathPart);
  switch (error.keyword) {
    case "additionalProperties": {
      const name = error.params.additionalProperty;
      const known: unknown = error.parentSchema?.["properties"];
      return {
        path: [...path, name],
        rule: unknownName("setting in OpenTelemetry's schema", name, Object.keys(known ?? {})).text,
      };
    }
    case "required":
      return { path: [...path, error.params.missingProperty], rule: "given" };
    case "enum":
      return { path, rule: `one of ${(error.params.allowedValues as unknown[]).join(", ")}` };
    case "type":
      return { path, rule: typeRule(error.params.type) };
    case "oneOf":
      return { path, rule: "a string, a number, true or false, or a list of one of these" };
    case "minimum":
      return { path, rule: `${error.params.limit} or more` };
    case "maximum":
      return { path, rule: `${error.params.limit} or less` };
    case "exclusiveMinimum":
      return { path, rule: `more than ${error.params.limit}` };
    case "minItems":
      return { path, rule: "a list that is not empty" };
    case "minProperties":
      return { path, rule: "a mapping that is not empty" };
    case "maxProperties":
      return { path, rule: "a mapping with one key" };
    default:
      return { path, rule: `valid by OpenTelemetry's schema (${error.message ?? error.keyword})` };
  }
}

function pathPart(part: string): number | string {
  const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
  return /^\d+$/.test(name) ? Number(name) : name;
}

// ajv gives the list of types as one text.
function typeRule(types: unknown): string {
  const names = String(types).split(",");
  return names.flatMap((name) => typeNames.get(name) ?? []).join(" or ") || "null";
}
