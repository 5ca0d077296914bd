import { expect, test } from "vitest";
import { maxKnownPlaces, placeOf } from "../../src/operation/operation-place.ts";
import { maxNameLength } from "../../src/record/operation-name.ts";

test("placeOf() gives the same place for the same kind, name and surroundings, and another for each other", () => {
  const around = { "runlight.stage.name": "load" };
  const place = placeOf("stage", "fit", around);
  expect(placeOf("stage", "fit", around)).toBe(place);
  expect(placeOf("kernel", "fit", around)).not.toBe(place);
  expect(placeOf("stage", "plot", around)).not.toBe(place);
  expect(placeOf("stage", "fit", { ...around })).not.toBe(place);
  expect([place.name, place.inner]).toEqual(["fit", { "runlight.stage.name": "fit" }]);
});

test("placeOf() remembers the last place of its bound, and makes the next ones anew", () => {
  const around = {};
  for (let index = 1; index < maxKnownPlaces; index += 1) placeOf("kernel", `k${index}`, around);
  const last = placeOf("kernel", "last", around);
  const beyond = placeOf("kernel", "beyond", around);
  expect(placeOf("kernel", "last", around)).toBe(last);
  expect(placeOf("kernel", "k1", around)).toBe(placeOf("kernel", "k1", around));
  expect(placeOf("kernel", "beyond", around)).not.toBe(beyond);
  expect(placeOf("kernel", "beyond", around)).toEqual(beyond);
  // Kinds share the bound.
  expect(placeOf("stage", "beyond", around)).not.toBe(placeOf("stage", "beyond", around));
  // Other surroundings, as those of another run, have one of their own.
  const elsewhere = {};
  expect(placeOf("kernel", "beyond", elsewhere)).toBe(placeOf("kernel", "beyond", elsewhere));
});

test("placeOf() counts what is inside the places it remembers to the same bound, however deep", () => {
  const around = {};
  for (let index = 0; index < 40; index += 1) {
    const { inner } = placeOf("stage", `s${index}`, around);
    for (let child = 0; child < 40; child += 1) placeOf("kernel", `k${child}`, inner);
  }
  const isKept = (stage: string, kernel: string): boolean => {
    const { inner } = placeOf("stage", stage, around);
    return placeOf("kernel", kernel, inner) === placeOf("kernel", kernel, inner);
  };
  // 24 stages with 40 kernels each are 984 places; the 25th has room for 15 of its own.
  expect([isKept("s0", "k0"), isKept("s23", "k39"), isKept("s24", "k14"), isKept("s24", "k15")]).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(placeOf("stage", "s25", around)).not.toBe(placeOf("stage", "s25", around));
});

test("placeOf() remembers the longest name that is whole, and none that is longer or no text", () => {
  const around = {};
  const whole = "n".repeat(maxNameLength);
  expect(placeOf("kernel", whole, around)).toBe(placeOf("kernel", whole, around));
  for (const name of [`${whole}n`, 42, undefined, Object.create(null)] as string[])
    expect(placeOf("kernel", name, around)).not.toBe(placeOf("kernel", name, around));
});
