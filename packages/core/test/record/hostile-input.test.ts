import { expect, test } from "vitest";
import { cleanAttributes, maxAttributeCount, maxAttributeLength } from "../../src/record/attributes.ts";
import { describeException, maxMessageLength } from "../../src/record/exception.ts";
import { maxNameLength, operationName } from "../../src/record/operation-name.ts";

test("cleanAttributes() keeps what telemetry can carry and makes the best of the rest", () => {
  const circular: Record<string, unknown> = { name: "loop" };
  circular["self"] = circular;
  const input = {
    text: "a",
    number: 1.5,
    flag: true,
    big: 2n ** 70n,
    date: new Date(0),
    invalid: new Date(Number.NaN),
    nothing: null,
    missing: undefined,
    run: () => 1,
    mark: Symbol("m"),
    numbers: [1, 2],
    mixed: [1, "b", { c: 3 }],
    nested: { a: { b: 1n } },
    circular,
    get trap(): never {
      throw new Error("no");
    },
  };
  expect(cleanAttributes(input)).toEqual({
    text: "a",
    number: 1.5,
    flag: true,
    big: "1180591620717411303424",
    date: "1970-01-01T00:00:00.000Z",
    invalid: "[invalid date]",
    mark: "Symbol(m)",
    numbers: [1, 2],
    mixed: ["1", "b", '{"c":3}'],
    nested: '{"a":{"b":"1"}}',
    circular: '{"name":"loop","self":"[circular]"}',
    trap: "[getter threw: Error: no]",
  });
});

test("cleanAttributes() cuts a text of 10 MB and marks the cut", () => {
  const { text } = cleanAttributes({ text: "x".repeat(10_000_000) });
  expect(text).toBe(`${"x".repeat(maxAttributeLength)}… [${10_000_000 - maxAttributeLength} more]`);
  expect(cleanAttributes({ text: "x".repeat(maxAttributeLength) })).toEqual({ text: "x".repeat(maxAttributeLength) });
});

test("cleanAttributes() takes at most its bound of attributes", () => {
  const input = Object.fromEntries(
    Array.from({ length: maxAttributeCount + 1 }, (_value, index) => [`a${index}`, index]),
  );
  expect(Object.keys(cleanAttributes(input))).toHaveLength(maxAttributeCount);
});

test("operationName() mends names that are empty, huge, of several lines or no text", () => {
  expect(operationName("")).toBe("unnamed");
  expect(operationName("  \n ")).toBe("unnamed");
  expect(operationName("load\n2001-01")).toBe("load 2001-01");
  expect(operationName("n".repeat(maxNameLength))).toBe("n".repeat(maxNameLength));
  expect(operationName("n".repeat(maxNameLength + 1))).toBe(`${"n".repeat(maxNameLength)}… [1 more]`);
  expect(operationName(undefined)).toBe("undefined");
  expect(operationName(Object.create(null))).toBe("[unprintable]");
});

test("describeException() tells the causes and survives errors that lie", () => {
  const described = describeException(new Error("outer", { cause: new TypeError("inner") }));
  expect(described.type).toBe("Error");
  expect(described.stacktrace).toContain("Caused by: TypeError: inner");
  const liar = {
    name: "Liar",
    get message(): string {
      throw new Error("no");
    },
  };
  expect(describeException(liar)).toEqual({ type: "unknown", message: "[unprintable]", stacktrace: undefined });
  expect(describeException(null)).toEqual({ type: "null", message: "null", stacktrace: undefined });
  expect(describeException(new Error("m".repeat(maxMessageLength + 5))).message).toHaveLength(
    maxMessageLength + "… [5 more]".length,
  );
});

test("describeException() ends on causes that go round", () => {
  const error = new Error("round");
  error.cause = error;
  expect(describeException(error).stacktrace).not.toContain("Caused by");
});
