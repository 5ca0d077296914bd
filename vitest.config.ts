import { defineConfig } from "vitest/config";
import { decorators } from "./test/vitest/decorators.ts";
import { ClosingLineReporter } from "./test/vitest/reporter.ts";

const secondMs = 1000;
const minuteMs = 60 * secondMs;

/** Tests that start the native stack. */
const stackTests = ["test/stack/**/*.test.ts", "packages/cli/test/stack/native/**/*.test.ts"];

export default defineConfig({
  plugins: [decorators()],
  test: {
    reporters: [new ClosingLineReporter()],
    pool: "forks",
    maxWorkers: 2,
    // Bounds against hanging, not measures of speed: a busy machine takes many times what an idle one does.
    testTimeout: 2 * minuteMs,
    hookTimeout: 2 * minuteMs,
    teardownTimeout: 30 * secondMs,
    expect: { poll: { timeout: minuteMs } },
    // So that a test can print more where it is asked for by name.
    env: { TEST_ARGUMENTS: process.argv.slice(2).join(" ") },
    projects: [
      {
        extends: true,
        test: {
          name: "code",
          include: [
            "packages/*/test/**/*.test.ts",
            "examples/*/test/**/*.test.ts",
            "bench/test/**/*.test.ts",
            "test/**/*.test.ts",
          ],
          exclude: ["**/node_modules/**", "**/dist/**", ...stackTests],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          // The last, and one file at a time: these share one stack, and on a new machine they wait for its programs to be built.
          name: "stack",
          include: stackTests,
          fileParallelism: false,
          testTimeout: 5 * minuteMs,
          hookTimeout: 60 * minuteMs,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
