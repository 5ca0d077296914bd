import { expect, test } from "vitest";

function shouted<This>(
  method: (this: This) => string,
  context: ClassMethodDecoratorContext<This, (this: This) => string>,
): (this: This) => string {
  return function shout(this: This): string {
    return `${String(context.name)} ${method.call(this).toUpperCase()}`;
  };
}

class Greeting {
  @shouted word(): string {
    return "hello";
  }
}

test("decorators() lowers a decorator of the TC39 kind in a test file", () => {
  expect(new Greeting().word()).toBe("word HELLO");
});
