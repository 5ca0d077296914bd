import { expect, test } from "vitest";
import { countItems } from "../src/sink/count-items.ts";

/** A length-delimited field of fewer than 128 bytes. */
function message(field: number, ...parts: readonly (readonly number[])[]): readonly number[] {
  const content = parts.flat();
  return [field * 8 + 2, content.length, ...content];
}

const resource = message(1, [0x08, 0x96, 0x01], [0x25, 1, 2, 3, 4], [0x09, 1, 2, 3, 4, 5, 6, 7, 8]);
const scope = message(1, message(1, [0x61]));

test("countItems() counts spans of all resources and scopes, and passes over other fields", () => {
  const span = message(2, message(1, [1, 2, 3]), message(5, [0x61]));
  const two = message(1, resource, message(2, scope, span, span), message(2, scope, span));
  expect(countItems(Uint8Array.from([...two, ...two]), "traces")).toBe(6);
});

test("countItems() counts the points of every kind of metric", () => {
  const metrics = [5, 7, 9, 10, 11].map((kind) =>
    message(2, message(1, [0x61]), message(kind, message(1, [0]), message(1, [0]))),
  );
  expect(countItems(Uint8Array.from(message(1, resource, message(2, scope, ...metrics))), "metrics")).toBe(10);
});

test("countItems() gives 0 for an empty request", () => {
  expect(countItems(new Uint8Array(), "logs")).toBe(0);
});

test("countItems() refuses a request that is cut off", () => {
  const request = Uint8Array.from(message(1, resource, message(2, scope)));
  expect(() => countItems(request.subarray(0, request.length - 1), "logs")).toThrow(RangeError);
});
