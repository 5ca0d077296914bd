import { runNode, temporaryDirectory } from "@runlight/testing";
import { beforeAll, expect, test } from "vitest";
import { cliPath } from "../../support/run-cli.ts";
import { buildStack, buildTimeoutMs } from "./built-stack.ts";

beforeAll(buildStack, buildTimeoutMs);

test(
  "runlight alerts drill pages by mail and webhook that a run failed, and that it is over",
  { timeout: 240_000 },
  async () => {
    using directory = temporaryDirectory();
    const { stdout, stderr, exitCode } = await runNode(
      [cliPath, "alerts", "drill", "--only", "RunlightWatchdog,RunlightRunFailed", "--port-offset", "15500"],
      { cwd: directory.path, env: { HOME: process.env["HOME"] ?? "" }, timeoutMs: 200_000 },
    );
    expect(stdout.replaceAll(/\d+\.\d s/gu, "N s").replaceAll(/ +/gu, " "), stderr).toBe(
      [
        "ALERT WHAT HAPPENED MAIL WEBHOOK RESOLVED",
        "RunlightWatchdog none: it fires always N s N s never",
        "RunlightRunFailed a run throws N s N s N s",
        "",
      ].join("\n"),
    );
    expect(exitCode).toBe(0);
  },
);
