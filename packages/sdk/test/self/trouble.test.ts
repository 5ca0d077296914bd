import { expect, test } from "vitest";
import { createDiagnosticsLogger } from "../../src/self/diagnostics.ts";
import { createTrouble, maxKinds } from "../../src/self/trouble.ts";

function setUp() {
  const lines: string[] = [];
  return { lines, trouble: createTrouble((line) => lines.push(line)) };
}

test("tell() says each kind once, and remembers the last one", () => {
  const { lines, trouble } = setUp();
  trouble.tell("ship", "Cannot ship to http://127.0.0.1:4318");
  trouble.tell("ship", "Cannot ship to http://127.0.0.1:4319");
  trouble.tell("spool", "Cannot write");
  expect(lines).toEqual([
    "telemetry: Cannot ship to http://127.0.0.1:4318, said once\n",
    "telemetry: Cannot write, said once\n",
  ]);
  expect(trouble.last).toBe("Cannot write");
});

test("tell() says one line without secrets", () => {
  const { lines, trouble } = setUp();
  trouble.tell("x", "a\n  b password=hunter2");
  expect(lines).toEqual(["telemetry: a b password=[redacted], said once\n"]);
});

test("tell() says the last kind allowed and no further one", () => {
  const { lines, trouble } = setUp();
  for (let kind = 0; kind <= maxKinds; kind++) trouble.tell(`kind ${kind}`, `message ${kind}`);
  expect(lines.length).toBe(maxKinds);
  expect(trouble.last).toBe(`message ${maxKinds}`);
});

test("tell() does not throw when nobody reads", () => {
  const trouble = createTrouble(() => {
    throw new Error("EPIPE");
  });
  trouble.tell("x", "y");
  expect(trouble.last).toBe("y");
});

test("createDiagnosticsLogger() tells warnings once for each kind, whatever their ids, the rest each time, and no stack", () => {
  const { lines, trouble } = setUp();
  const logger = createDiagnosticsLogger(trouble);
  logger.warn("Cannot execute on ended Span {traceId: 0af7651916cd43dd8448eb211c80319c, spanId: b7ad6b7169203331}");
  logger.warn("Cannot execute on ended Span {traceId: 1af7651916cd43dd8448eb211c80319c, spanId: c7ad6b7169203331}");
  logger.error("Error: Attempted duplicate registration of API: trace\n    at registerGlobal (x.js:1:1)");
  logger.debug("Flushed");
  logger.debug("Flushed");
  expect(lines).toEqual([
    "telemetry: Cannot execute on ended Span {traceId: 0af7651916cd43dd8448eb211c80319c, spanId: b7ad6b7169203331}, said once\n",
    "telemetry: Error: Attempted duplicate registration of API: trace, said once\n",
    "telemetry: Flushed\n",
    "telemetry: Flushed\n",
  ]);
});
