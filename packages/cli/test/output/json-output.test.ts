import { expect, test } from "vitest";
import { toJsonDocument, toJsonLine } from "../../src/output/json-output.ts";

test("toJsonDocument() keeps every key", () => {
  expect(toJsonDocument({ a: undefined, b: [undefined, Number.NaN] })).toBe(
    '{\n  "a": null,\n  "b": [\n    null,\n    null\n  ]\n}\n',
  );
});

test("toJsonLine() writes what JSON has no type for as text", () => {
  expect(toJsonLine({ big: 2n ** 63n, bytes: new Uint8Array([1, 2, 255]) })).toBe(
    '{"big":"9223372036854775808","bytes":"AQL/"}',
  );
  expect(toJsonLine(Buffer.from([1, 2, 255]))).toBe('"AQL/"');
});
