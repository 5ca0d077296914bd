import { claim } from "../claims.ts";
import { isRecord } from "../is-record.ts";
import { attributeList } from "../rules/otlp-rules.ts";
import { attributeValue } from "../rules/part-rules.ts";
import { createPropagator, propagatorList } from "../rules/propagator-names.ts";
import { someText } from "../rules/rule.ts";
import { isSecretName } from "../shown-value.ts";
import type { FilePath } from "./file-path.ts";
import type { FileReader } from "./file-reader.ts";

type TypeCheck = readonly [what: string, keeps: (value: unknown) => boolean];

const isString: TypeCheck = ["a string", (value) => typeof value === "string"];
const isBoolean: TypeCheck = ["true or false", (value) => typeof value === "boolean"];
const isInteger: TypeCheck = ["an integer", Number.isSafeInteger];
const isNumber: TypeCheck = ["a number", (value) => typeof value === "number"];

const attributeTypes: ReadonlyMap<unknown, TypeCheck> = new Map([
  ["string", isString],
  ["bool", isBoolean],
  ["int", isInteger],
  ["double", isNumber],
  ["string_array", listOf(isString)],
  ["bool_array", listOf(isBoolean)],
  ["int_array", listOf(isInteger)],
  ["double_array", listOf(isNumber)],
]);

/** Reads `resource`: the list in one text first, then the attributes, which stand above it. */
export function readResource(reader: FileReader): void {
  reader.take(["resource", "attributes_list"], attributeList, (attributes) =>
    Object.entries(attributes).map(([name, value]) => claim(`resourceAttributes.${name}`, value)),
  );
  const attributes: FilePath = ["resource", "attributes"];
  for (let index = 0; index < reader.count(attributes); index += 1) {
    const name = reader.take([...attributes, index, "name"], someText);
    const [what, keeps] = attributeTypes.get(reader.value([...attributes, index, "type"])) ?? ["", () => true];
    const path = [...attributes, index, "value"];
    const value = reader.value(path);
    if (name === undefined || value === undefined) continue;
    const secret = isSecretName(name) ? { secret: true as const } : {};
    if (!keeps(value)) reader.refuse(path, { text: `${what}, as its type says`, ...secret });
    else
      reader.take(path, { ...attributeValue, ...secret }, (accepted) => [
        claim(`resourceAttributes.${name}`, accepted),
      ]);
  }
}

/** Reads `propagator`: the propagators of both its lists. */
export function readPropagator(reader: FileReader): void {
  const composite: FilePath = ["propagator", "composite"];
  const names: string[] = [];
  for (let index = 0; index < reader.count(composite); index += 1) {
    const choice = reader.value([...composite, index]);
    if (isRecord(choice)) names.push(...Object.keys(choice));
  }
  const list = ["propagator", "composite_list"];
  const text = reader.value(list);
  if (reader.take(list, propagatorList) !== undefined)
    names.push(
      ...String(text)
        .split(",")
        .map((name) => name.trim()),
    );
  if (names.length > 0) reader.add(["propagator"], [claim("propagator", createPropagator(names))]);
}

function listOf([what, keeps]: TypeCheck): TypeCheck {
  return [`a list, each item ${what}`, (value) => Array.isArray(value) && value.every(keeps)];
}
