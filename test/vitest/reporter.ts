import type { SerializedError } from "vitest";
import { DefaultReporter, type TestModule, type TestRunEndReason } from "vitest/node";

/** What a run of the tests came to. */
interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
}

/**
 * Vitest's default reporter, whose very last line is `N passed, N failed, N skipped` in tests. A file that cannot be loaded,
 * a failing hook and an error outside of any test count as one failed each. Skipped tests are listed above it with their reasons.
 */
export class ClosingLineReporter extends DefaultReporter {
  override onTestRunEnd(
    modules: readonly TestModule[],
    errors: readonly SerializedError[],
    reason: TestRunEndReason,
  ): void {
    super.onTestRunEnd(modules, errors, reason);
    const totals = countTests(modules, errors.length);
    // At exit, because a slow teardown may still print something.
    process.once("exit", () => process.stdout.write(closingLines(totals)));
  }
}

/** Counts tests, and what failed outside of a test. */
function countTests(modules: readonly TestModule[], errorsOutside: number): Totals {
  let passed = 0;
  let failed = errorsOutside;
  const skipped: string[] = [];
  for (const module of modules) {
    if (module.errors().length > 0) failed += 1;
    for (const suite of module.children.allSuites()) if (suite.errors().length > 0) failed += 1;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === "passed") passed += 1;
      else if (result.state === "failed") failed += 1;
      else skipped.push(`${module.relativeModuleId} > ${test.fullName}: ${reasonOf(result)}`);
    }
  }
  return { passed, failed, skipped };
}

function closingLines({ passed, failed, skipped }: Totals): string {
  const list = skipped.map((line) => `skipped: ${line}\n`).join("");
  return `${list}${passed} passed, ${failed} failed, ${skipped.length} skipped\n`;
}

function reasonOf(result: { readonly state: string; readonly note?: string | undefined }): string {
  if (result.note !== undefined) return result.note;
  return result.state === "pending" ? "the run ended before it" : "not selected, or its file or suite failed before it";
}
