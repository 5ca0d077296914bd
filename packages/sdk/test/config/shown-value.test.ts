import { expect, test } from "vitest";
import { closestName, didYouMean } from "../../src/config/closest-name.ts";
import { shownValue } from "../../src/config/shown-value.ts";

test.for([
  ["mode", "spool", '"spool"'],
  ["mode", undefined, "undefined"],
  ["mode", null, "null"],
  ["mode", Number.NaN, "NaN"],
  ["mode", 10n, "10"],
  ["mode", Symbol("a"), "Symbol(a)"],
  ["mode", () => "hunter2", "a function"],
  ["mode", new Map(), "a Map"],
  ["mode", { a: [1, { b: "c" }] }, '{"a":[1,{"b":"c"}]}'],
  ["mode", { password: "hunter2", headers: { a: "hunter2" } }, '{"password":"[redacted]","headers":"[redacted]"}'],
  ["mode", "two\nlines\u001B[31m", '"two\\nlines\\u001b[31m"'],
  [
    "endpoint",
    "https://user:hunter2@host/path?key=hunter2&x=hunter2",
    '"https://[redacted]@host/path?key=[redacted]&x=[redacted]"',
  ],
  ["endpoint", ["Bearer hunter2hunter2"], '["Bearer [redacted]"]'],
  ["apiToken", "hunter2", "[redacted]"],
  ["traces.headers.x", "hunter2", "[redacted]"],
  ["headers", { a: 1 }, "[redacted]"],
  ["mode", "a".repeat(98), `"${"a".repeat(98)}"`],
  ["mode", "a".repeat(99), `"${"a".repeat(99)}…`],
] as const)("shownValue() shows %s %o as %s", ([path, value, text]) => {
  expect(shownValue(path, value)).toBe(text);
});

test("shownValue() shows an object that contains itself without following it", () => {
  const loop: Record<string, unknown> = {};
  loop["again"] = loop;
  expect(shownValue("mode", loop)).toBe("an object");
});

test.for([
  ["samplers", "sampler"],
  ["smapler", "sampler"],
  ["sample", "sampler"],
  ["SAMPLER", "sampler"],
  ["samp", undefined],
  ["mod", "mode"],
  ["mo", undefined],
  ["processors", undefined],
] as const)("closestName() finds for %s: %s", ([mistyped, name]) => {
  expect(closestName(mistyped, ["mode", "sampler"])).toBe(name);
});

test("didYouMean() says nothing where no name is near", () => {
  expect([didYouMean("moed", ["mode"]), didYouMean("xyz", ["mode"])]).toEqual([' (did you mean "mode"?)', ""]);
});
