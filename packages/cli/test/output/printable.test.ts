import { expect, test } from "vitest";
import { printable, printableLine, printableValues } from "../../src/output/printable.ts";

test("printable() removes escape sequences and shows other control characters", () => {
  expect(printable("\u001b[2Jwiped\u001b]0;title\u0007 \u0008\u0000 end")).toBe("wiped \\x08\\x00 end");
});

test("printable() keeps line ends and turns tabs into blanks", () => {
  expect(printable("a\r\nb\tc\rd")).toBe("a\nb  c\\x0dd");
});

test("printableLine() gives one line", () => {
  expect(printableLine("a\nb")).toBe("a ⏎ b");
});

test("printableValues() reaches every string and nothing else", () => {
  expect(printableValues({ a: ["\u001b[1mx", 1, undefined], b: { c: null, d: "y" } })).toEqual({
    a: ["x", 1, undefined],
    b: { c: null, d: "y" },
  });
});
