import { describe, expect, test } from "vitest";
import { AwaitedGrowth } from "../src/ship/growth.ts";
import { SharedState } from "../src/ship/shared-state.ts";

describe("AwaitedGrowth.wakeAfter()", () => {
  test("notifies with the byte that was waited for, and with none before", () => {
    const { shared, growth } = begin();
    growth.wakeAfter(growth.written(), 100);
    shared.grow(99);
    expect(shared.notifications()).toBe(0);
    shared.grow(1);
    expect(shared.notifications()).toBe(1);
  });

  test("notifies at once where the bytes are written already", () => {
    const { shared, growth } = begin();
    const written = growth.written();
    shared.grow(1);
    growth.wakeAfter(written, 1);
    expect(shared.notifications()).toBe(1);
  });

  test("keeps the nearest of what several wait for", () => {
    const { shared, growth } = begin();
    for (const sizeBytes of [500, 20, 300]) growth.wakeAfter(growth.written(), sizeBytes);
    shared.grow(20);
    expect(shared.notifications()).toBe(1);
  });

  test("knows what is behind a mark where the count begins anew", () => {
    const { shared, growth } = begin();
    for (let times = 0; times < 4; times += 1) {
      shared.grow(2 ** 30 - 1);
      growth.forget();
    }
    const before = shared.notifications();
    growth.wakeAfter(growth.written(), 100);
    shared.grow(99);
    expect(shared.notifications()).toBe(before);
    shared.grow(1);
    expect(shared.notifications()).toBe(before + 1);
  });
});

describe("AwaitedGrowth.forget()", () => {
  test("leaves the thread asleep for whatever is written", () => {
    const { shared, growth } = begin();
    growth.wakeAfter(growth.written(), 1);
    growth.forget();
    shared.grow(1024 * 1024);
    expect(shared.notifications()).toBe(0);
  });
});

function begin(): { readonly shared: SharedState; readonly growth: AwaitedGrowth } {
  const shared = new SharedState();
  return { shared, growth: new AwaitedGrowth(shared) };
}
