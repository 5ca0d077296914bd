import type { Attributes } from "@opentelemetry/api";

/** Makes data of every kind that users give, the same for the same seed. */
export interface Generator {
  /** From 0 to `below`, without it. */
  number(below: number): number;
  integer(below: number): number;
  chance(share: number): boolean;
  hex(length: number): string;
  text(): string;
  /** At most `most` of them, some with values that are no attributes. */
  attributes(most: number): Attributes;
  /** The same keys, half of the values others. */
  like(attributes: Attributes): Attributes;
  map(depth: number): Readonly<Record<string, unknown>>;
}

const texts = [
  "",
  "load",
  "süß 東京 🛰",
  "\ud800 alone",
  "x".repeat(127),
  "y".repeat(128),
  "ü".repeat(100),
  "long ".repeat(4000),
  "password=hunter2",
  "redis://user:secret@cache:6379",
  "a\u0000b",
  "GET /flights/2001-01",
];
const numbers = [
  0,
  -0,
  1,
  -1,
  127,
  128,
  300,
  -300,
  2 ** 31,
  2 ** 53 - 1,
  -(2 ** 53),
  2 ** 60,
  -(2 ** 63),
  2 ** 63,
  1e300,
  0.1,
  -2.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.MIN_VALUE,
];
const keys = [
  "rows",
  "month",
  "db.password",
  "region.confidential",
  "ключ",
  "k".repeat(140),
  "",
  "a",
  "b",
  "c",
  "d",
  "e",
  "f",
  "g",
];

/** Begins with a seed from 1. Source: Marsaglia, Xorshift RNGs, 2003. */
export function generator(seed: number): Generator {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  const number = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return (state / 2 ** 32) * below;
  };
  const integer = (below: number): number => Math.floor(number(below));
  const chance = (share: number): boolean => number(1) < share;
  const hex = (length: number): string => Array.from({ length }, () => (integer(15) + 1).toString(16)).join("");
  const pick = <T>(list: readonly T[]): T => list[integer(list.length)] as T;
  const text = (): string => (chance(0.2) ? `n${integer(1e6)}` : pick(texts));
  const simple = (): unknown => pick([text, () => pick(numbers), () => chance(0.5), () => number(1e6)])();
  const strange = (depth: number): unknown =>
    pick([
      () => Array.from({ length: integer(5) }, simple),
      () => [text(), text()],
      () => map(depth - 1),
      () => new Uint8Array([1, 2, integer(256)]),
      () => null,
      () => undefined,
      () => 12n,
      () => () => 1,
      () => new Date(0),
    ])();
  const map = (depth: number): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      Array.from({ length: integer(4) }, () => [pick(keys), depth > 0 && chance(0.3) ? strange(depth) : simple()]),
    );
  const attributes = (most: number): Attributes => {
    const plain = chance(0.5);
    const made = Array.from({ length: integer(most + 1) }, () => [
      plain ? pick(keys.slice(0, 2)) + String(integer(9)) : pick(keys),
      !plain && chance(0.2) ? strange(2) : simple(),
    ]);
    return Object.fromEntries(made) as Attributes;
  };
  const like = (attributes: Attributes): Attributes => {
    const values = Object.entries(attributes).map(([key, value]) => [key, chance(0.5) ? value : simple()]);
    return Object.fromEntries(values) as Attributes;
  };
  return { number, integer, chance, hex, text, attributes, like, map };
}
