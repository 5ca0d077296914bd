import { expect, test } from "vitest";
import { createRedactor, maxDepth, maxValues } from "../../src/redaction/redactor.ts";

const redactor = createRedactor(["patient.*"]);

test("attributes() gives the same object back when nothing is secret", () => {
  const attributes = { "service.name": "flights", rows: 3, list: ["a", "b"], nested: { deep: [1, 2, { x: "y" }] } };
  expect(redactor.attributes(attributes)).toBe(attributes);
});

test("attributes() replaces secrets and leaves the given object alone", () => {
  const attributes = { "db.password": "hunter2", url: "redis://:hunter2@cache", "patient.name": "A. B.", rows: 3 };
  expect(redactor.attributes(attributes)).toEqual({
    "db.password": "[redacted]",
    url: "redis://:[redacted]@cache",
    "patient.name": "[redacted]",
    rows: 3,
  });
  expect(attributes["db.password"]).toBe("hunter2");
});

test("value() reaches into lists and maps below a secret key, and leaves numbers and truth values", () => {
  expect(
    redactor.value({
      credentials: { user: "ana", keys: ["a", 7] },
      "gen_ai.usage.input_tokens": 512,
      secret: true,
      empty: { password: "" },
    }),
  ).toEqual({
    credentials: { user: "[redacted]", keys: ["[redacted]", 7] },
    "gen_ai.usage.input_tokens": 512,
    secret: true,
    empty: { password: "" },
  });
});

test("value() keeps the part of a list before and after a secret", () => {
  const list = ["a", "password=x1", "b"];
  expect(redactor.value(list)).toEqual(["a", "password=[redacted]", "b"]);
});

test("value() keeps bytes, except below a secret key", () => {
  const bytes = new Uint8Array([1, 2]);
  expect(redactor.value({ bytes, token: bytes })).toEqual({ bytes, token: "[redacted]" });
});

test("value() examines the deepest level allowed and replaces the next", () => {
  const nested = (levels: number): unknown => (levels === 0 ? "leaf" : { next: nested(levels - 1) });
  expect(redactor.value(nested(maxDepth))).toEqual(nested(maxDepth));
  expect(JSON.stringify(redactor.value(nested(maxDepth + 1)))).toContain('"next":"[redacted]"');
});

test("value() ends on a map that holds itself", () => {
  const map: Record<string, unknown> = { name: "x" };
  map["self"] = map;
  expect(JSON.stringify(redactor.value(map))).toContain("[redacted]");
});

test("value() examines the highest number of values and replaces what is beyond", () => {
  const list = Array.from({ length: maxValues }, () => "x");
  expect(redactor.value(list)).toBe(list);
  expect(redactor.value([...list, "y", "z"])).toEqual([...list, "[redacted]"]);
});
