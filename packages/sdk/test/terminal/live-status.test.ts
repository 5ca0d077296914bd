import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { screenOf } from "./screen.ts";

const job = fileURLToPath(new URL("programs/job.ts", import.meta.url));
const hasPseudoTerminal = spawnSync("script", ["--version"]).status === 0;

/** Runs the job on a pseudo-terminal of 100 columns; gives everything the terminal was sent. */
async function onTerminal(
  scenario: string,
  environment: Record<string, string> = {},
  interruptOn?: string,
): Promise<{ sent: string; exitCode: unknown }> {
  const command = `stty cols 100 rows 30; exec '${process.execPath}' '${job}' ${scenario} auto`;
  const { CI: _, ...inherited } = process.env;
  const child = spawn("script", ["-qec", command, "/dev/null"], {
    env: { ...inherited, TERM: "xterm-256color", SHELL: "/bin/sh", ...environment },
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let sent = "";
  let interrupted = false;
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    sent += chunk;
    if (interruptOn === undefined || interrupted || !sent.includes(interruptOn)) return;
    interrupted = true;
    child.stdin.write("\u0003");
  });
  const [exitCode] = (await once(child, "close")) as unknown[];
  return { sent, exitCode };
}

describe("startTerminalDisplay() on a terminal", () => {
  beforeEach((context) => context.skip(!hasPseudoTerminal, "no `script` here to make a pseudo-terminal"));

  it("draws a bar with amount, share, rate and open stages while the run is at work", async () => {
    const { sent } = await onTerminal("slow-months");
    const text = stripVTControlCharacters(sent);
    expect(text).toMatch(
      /monthly {2}█+░+ {2}\d\d% {2}[\d.]+ m?s, about [\d.]+ m?s left\r\n {2}[\d,]+ of 3,000,000 rows, [\d,]+\/s\r\n/,
    );
    expect(text).toMatch(/ {2}load 2001-0\d {2}/);
  });

  it("leaves the summary page, the account and the commands, and nothing of the status", async () => {
    const { sent } = await onTerminal("slow-months");
    const screen = screenOf(sent);
    expect(screen.filter((line) => /[█░] +\d+%/.test(line) || line.startsWith("  load 2001"))).toEqual([]);
    expect(screen.find((line) => line.startsWith("monthly"))).toMatch(/^monthly {2}success {2}/);
    expect(screen).toContain(
      "telemetry: 412 records kept (1.2 MiB in .runlight/spool/1), no endpoint to ship to, 3 dropped (buffer_full)",
    );
    expect(screen.find((line) => line.includes("npx runlight show"))).toMatch(
      /npx runlight show \d{8}_\d{6}-[0-9a-f]{8} /,
    );
  });

  it("keeps every line of the program's own output whole", async () => {
    const { sent } = await onTerminal("chatty");
    const screen = screenOf(sent);
    const expected = Array.from({ length: 12 }, (_, i) => [
      `stdout line ${i + 1}`,
      `stderr line ${i + 1}`,
      "half a line",
    ]).flat();
    expect(screen.filter((line) => /line( \d+)?$/.test(line))).toEqual(expected);
    expect(stripVTControlCharacters(sent)).toMatch(/chatty {2}█+░+/);
  });

  it("never hides the cursor, and Ctrl-C ends the job as it did without a display", async () => {
    const { sent, exitCode } = await onTerminal("interrupted", {}, "ready");
    expect(sent).not.toContain("\u001B[?25l");
    expect(exitCode).toBe(130);
  });

  it("writes lines instead where CI is set or the terminal is dumb", async () => {
    for (const environment of [{ CI: "true" }, { TERM: "dumb" }]) {
      const { sent } = await onTerminal("months", environment);
      expect(sent).toMatch(/stage load 2001-03: .*, 500,000 rows\r\n/);
      expect(sent).not.toContain("░");
    }
  });

  it("uses no colour with NO_COLOR", async () => {
    const { sent } = await onTerminal("slow-months", { NO_COLOR: "1" });
    expect(sent.split("\u001B").filter((part) => /^\[[\d;]+m/.test(part))).toEqual([]);
  });
});
