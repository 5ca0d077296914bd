import { context } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { stage as stageOfAnotherCopy } from "@runlight/core";
import { expect, test } from "vitest";
import { kernel, stage, workflow } from "../../src/operation/kinds.ts";

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

test("workflow() leaves the job alone when two copies of the package meet in one process", () => {
  const work = (): number => stageOfAnotherCopy("s", () => stage("t", () => kernel("k", () => 42)));
  expect(workflow("w", work)).toBe(42);
});
