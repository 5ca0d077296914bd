import { Command } from "commander";
import { invocationOf } from "../invocation.ts";
import { parseCount } from "./count-option.ts";
import { jsonOption } from "./json-option.ts";

const examples = `
Examples:
  $ runlight ship --endpoint http://127.0.0.1:4318
  $ OTEL_EXPORTER_OTLP_ENDPOINT=https://collector.example.org runlight ship --timeout 300`;

/** `runlight ship` */
export function shipCommand(): Command {
  return new Command("ship")
    .description("send what ended or lost processes left on disk to a Collector; exit code 1 when something is left")
    .option("--endpoint <url>", "base URL of an OTLP/HTTP receiver (default: OTEL_EXPORTER_OTLP_ENDPOINT, or the file)")
    .option("--timeout <seconds>", "give up once the receiver has refused for so long", parseCount(86_400), 30)
    .addOption(jsonOption())
    .addHelpText("after", examples)
    .action(async (options: { endpoint?: string; timeout: number; json?: boolean }, command: Command) => {
      const { ship } = await import("../answers/ship.ts");
      await ship(invocationOf(command), options);
    });
}
