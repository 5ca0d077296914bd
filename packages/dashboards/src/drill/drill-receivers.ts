import { parse, stringify } from "yaml";
import { workflow } from "../rules/expressions.ts";

/** Where a drill's pages go. */
export interface DrillReceivers {
  readonly smtpPort: number;
  readonly webhookUrl: string;
  /** A mail server and a webhook that take nothing, and the one service whose pages are sent there. */
  readonly broken: { readonly service: string; readonly smtpPort: number; readonly webhookUrl: string };
  /** Whether it is a time of day at which hints wait. */
  readonly quiet: boolean;
}

interface Route {
  receiver?: string;
  matchers?: readonly string[];
  group_wait?: string;
  group_interval?: string;
  repeat_interval?: string;
  routes?: Route[];
}

interface Configuration {
  global: Readonly<Record<string, unknown>>;
  readonly route: Route;
  time_intervals: readonly { readonly name: string; time_intervals: readonly unknown[] }[];
  receivers: readonly unknown[];
}

/** The mail of a drill: a line for each alert with its status, its name, and the service, program, workflow or disk it is about. */
const mail = `{{ range .Alerts }}{{ .Status }} {{ .Labels.alertname }} {{ or .Labels.service_name .Labels.job .Labels.${workflow} .Labels.device "-" }}\n{{ end }}`;

/** The shipped configuration of Alertmanager with its routes, inhibitions and quiet hours, every route leading to a mail server and a webhook, at once. */
export function renderDrillReceivers(shipped: string, receivers: DrillReceivers): string {
  const configuration = parse(shipped) as Configuration;
  const { route } = configuration;
  hasten(route);
  route.routes?.unshift({
    receiver: "broken",
    matchers: [`service_name = ${receivers.broken.service}`],
    group_wait: "0s",
    group_interval: "1s",
  });
  // Each day and all day, or a day that never comes.
  const hours = receivers.quiet ? [{ times: [{ start_time: "00:00", end_time: "24:00" }] }] : [{ years: ["1970"] }];
  for (const interval of configuration.time_intervals) interval.time_intervals = hours;
  configuration.global = {
    smtp_smarthost: `127.0.0.1:${receivers.smtpPort}`,
    smtp_from: "runlight@localhost",
    smtp_require_tls: false,
  };
  const to = { to: "night@localhost", send_resolved: true, text: mail, html: "" };
  configuration.receivers = [
    {
      name: "drill",
      email_configs: [to],
      webhook_configs: [{ url: receivers.webhookUrl, send_resolved: true }],
    },
    {
      name: "broken",
      email_configs: [{ ...to, smarthost: `127.0.0.1:${receivers.broken.smtpPort}` }],
      webhook_configs: [{ url: receivers.broken.webhookUrl, send_resolved: true }],
    },
  ];
  return stringify(configuration, { lineWidth: 0 });
}

function hasten(route: Route): void {
  if (route.receiver !== undefined) route.receiver = "drill";
  route.group_wait = "0s";
  route.group_interval = "1s";
  // What is repeated each minute is repeated each second: the dead man's switch.
  if (route.repeat_interval === "1m") route.repeat_interval = "1s";
  for (const inner of route.routes ?? []) hasten(inner);
}
