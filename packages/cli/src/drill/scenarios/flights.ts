import { existsSync } from "node:fs";
import { join } from "node:path";
import { findStackRoot } from "../../stack/stack-root.ts";
import type { Scenario } from "../scenario.ts";
import { startUntilMended } from "./start-until-mended.ts";

/** The example, which fails when it is asked to. */
export const flightScenarios: readonly Scenario[] = [
  {
    cause: "the flights example fails to fit its model",
    alerts: [{ alert: "RunlightRunFailed", subject: "flights" }],
    begin(drill) {
      const program = join(findStackRoot(), "examples", "flights", "dist", "main.js");
      if (!existsSync(program)) return Promise.resolve({ impossible: "the example is not here, or not built" });
      return startUntilMended(drill, "flights", {
        program,
        args: ["--months", "1", "--fail", "fit", "--output", join(drill.stack.directory, "flights")],
        service: "flights",
      });
    },
  },
];
