import { expect, test } from "vitest";
import { Kernel, Stage } from "../../src/operation/decorators.ts";
import { createRecordingSink } from "../recording-sink.ts";

test("Stage() times methods and static methods with standard decorators", async () => {
  using sink = createRecordingSink();
  class Loader {
    static factor = 2;
    readonly base = 10;
    @Stage("download") async download(n: number): Promise<number> {
      return this.base + n;
    }
    @Kernel() static double(n: number): number {
      return n * Loader.factor;
    }
  }
  expect(await new Loader().download(1)).toBe(11);
  expect(Loader.double(4)).toBe(8);
  expect(new Loader().download.name).toBe("download");
  expect(sink.closed).toEqual(["stage download success", "kernel double success"]);
});

test("Stage() times methods with legacy decorators", () => {
  using sink = createRecordingSink();
  class Loader {
    parse(text: string): number {
      return Number(text);
    }
  }
  const descriptor = Object.getOwnPropertyDescriptor(Loader.prototype, "parse") as PropertyDescriptor;
  Stage()(Loader.prototype, "parse", descriptor);
  Object.defineProperty(Loader.prototype, "parse", descriptor);
  expect(new Loader().parse("7")).toBe(7);
  expect(sink.closed).toEqual(["stage parse success"]);
});

test("Stage() refuses what is no method", () => {
  const target = {
    get size(): number {
      return 1;
    },
  };
  const descriptor = Object.getOwnPropertyDescriptor(target, "size") as PropertyDescriptor;
  expect(() => Stage("size")(target, "size", descriptor)).toThrow(
    new TypeError("Cannot decorate size as stage: it must be a method, current value is an accessor"),
  );
  expect(() => {
    class Bad {
      // @ts-expect-error a getter is no method
      @Stage() get size(): number {
        return 1;
      }
    }
    return Bad;
  }).toThrow(new TypeError("Cannot decorate size as stage: it must be a method, current value is a getter"));
});
