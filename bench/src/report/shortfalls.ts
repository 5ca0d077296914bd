import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { goals, reaches } from "../goals.ts";
import type { SuiteResult } from "../measure/run-suite.ts";

const folder = fileURLToPath(new URL("../../shortfalls/", import.meta.url));

/** The section on goals that were not reached: the profile that says why, as `bench/shortfalls/<goal>.md` tells it. Empty where all were. */
export function shortfallSection(results: readonly SuiteResult[]): string {
  const missed = goals.filter((goal) =>
    results.some(({ ratios }) => {
      const median = ratios[goal.ratio]?.median;
      return median !== undefined && !reaches(goal, median);
    }),
  );
  if (missed.length === 0) return "";
  return [
    "## Out of reach, and why",
    ...missed.map(({ ratio, what }) => `### ${ratio}: ${what}\n\n${reasonFor(ratio)}`),
  ].join("\n\n");
}

function reasonFor(ratio: string): string {
  const path = `${folder}${ratio}.md`;
  return existsSync(path)
    ? readFileSync(path, "utf8").trim()
    : `Not profiled yet; what a profile says goes into \`bench/shortfalls/${ratio}.md\`.`;
}
