import { fileURLToPath } from "node:url";
import { runNode } from "@runlight/testing";
import { describe, expect, it } from "vitest";
import { createLineAllowance, freeLines, lineIntervalMs } from "../../src/terminal/line-allowance.ts";

const job = fileURLToPath(new URL("programs/job.ts", import.meta.url));
const duration = String.raw`\d+(\.\d)? (µs|ms|s)`;

describe("startTerminalDisplay() without a terminal", () => {
  it("writes one line a stage and the page at the end, all to stderr, without escape sequences", async () => {
    const { stdout, stderr, exitCode } = await runNode([job, "months", "auto"]);
    const lines = stderr.split("\n");
    expect(exitCode).toBe(0);
    expect(stdout).toBe("");
    expect(stderr).not.toContain("\u001B");
    expect(lines[0]).toMatch(/^workflow monthly: run \d{8}_\d{6}-[0-9a-f]{8} started$/);
    expect(lines[1]).toMatch(new RegExp(`^stage load 2001-01: ${duration}, 500,000 rows$`));
    expect(lines[2]).toMatch(new RegExp(`^stage fit 2001-01: ${duration}$`));
    expect(lines.filter((line) => line.startsWith("stage "))).toHaveLength(12);
    expect(lines).toContain(
      "telemetry: 412 records kept (1.2 MiB in .runlight/spool/1), no endpoint to ship to, 3 dropped (buffer_full)",
    );
    expect(stderr).toMatch(/npx runlight logs \d{8}_\d{6}-[0-9a-f]{8} /);
  });

  it("says how a stage ended when it did not end well", async () => {
    const { stderr } = await runNode([job, "failing", "lines"]);
    expect(stderr).toMatch(new RegExp(`^stage fit: failure after ${duration}$`, "m"));
    expect(stderr).toContain("singular matrix");
  });

  it("bounds the lines of a run", async () => {
    const { stderr } = await runNode([job, "many-stages", "lines"]);
    const count = stderr.split("\n").filter((line) => line.startsWith("stage step: ")).length;
    expect(count).toBeGreaterThanOrEqual(freeLines);
    expect(count).toBeLessThan(freeLines + 10);
  });

  it("shows nothing with mode none", async () => {
    expect((await runNode([job, "months", "none"])).stderr).toBe("");
  });

  it("does not keep the process alive", async () => {
    expect((await runNode([job, "left-open", "lines"])).exitCode).toBe(0);
  });

  it("falls silent when its stream is gone; the job goes on", async () => {
    expect(await runNode([job, "closed-stream", "lines"])).toMatchObject({ exitCode: 0, stdout: "job done\n" });
  });

  it("leaves the account out when it cannot be given", async () => {
    const { stderr, exitCode } = await runNode([job, "broken-account", "lines"]);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^monthly {2}success {2}/m);
    expect(stderr).not.toContain("telemetry:");
  });
});

describe("createLineAllowance()", () => {
  it("gives the free lines at once, then one an interval, and tells how many it refused", () => {
    const allowance = createLineAllowance();
    for (let i = 0; i < freeLines; i += 1) expect(allowance.take(0)).toBe(true);
    expect(allowance.take(lineIntervalMs - 1)).toBe(false);
    expect(allowance.take(lineIntervalMs)).toBe(true);
    expect(allowance.refused()).toBe(1);
    expect(allowance.refused()).toBe(0);
  });
});
