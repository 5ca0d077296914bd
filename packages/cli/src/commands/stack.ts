import { Command } from "commander";

/** Stands in the list of commands for `runlight stack`, which is loaded only when it is asked for. */
export function stackPlaceholder(): Command {
  return new Command("stack").description(
    "run the Collector, Tempo, Loki, Prometheus and Alertmanager on this machine",
  );
}
