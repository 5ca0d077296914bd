import { expect, test } from "vitest";
import { isAtLeast, isAtLeastMinor } from "../../src/stack/program-version.ts";

test("isAtLeastMinor() looks at major and minor alone", () => {
  expect(isAtLeastMinor("3.14.0", "3.14.2")).toBe(true);
  expect(isAtLeastMinor("2.9.0-rc.0", "2.9.0")).toBe(true);
  expect(isAtLeastMinor("4.0.0", "3.14.0")).toBe(true);
  expect(isAtLeastMinor("3.13.9", "3.14.0")).toBe(false);
  expect(isAtLeastMinor("2.99.0", "3.14.0")).toBe(false);
});

test("isAtLeast() looks at all three numbers", () => {
  expect(isAtLeast("1.26.5", "1.26.5")).toBe(true);
  expect(isAtLeast("1.27", "1.26.5")).toBe(true);
  expect(isAtLeast("1.26.4", "1.26.5")).toBe(false);
});
