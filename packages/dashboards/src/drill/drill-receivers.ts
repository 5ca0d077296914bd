import { parse, stringify } from "yaml";

/** Where a drill's pages go. */
export interface DrillReceivers {
  readonly smtpPort: number;
  readonly webhookUrl: string;
}

interface Route {
  receiver?: string;
  group_wait?: string;
  group_interval?: string;
  readonly routes?: readonly Route[];
}

interface Configuration {
  global: Readonly<Record<string, unknown>>;
  readonly route: Route;
  receivers: readonly unknown[];
}

/** The shipped configuration of Alertmanager with its routes and inhibitions, every route leading to a mail server and a webhook, at once. */
export function renderDrillReceivers(shipped: string, { smtpPort, webhookUrl }: DrillReceivers): string {
  const configuration = parse(shipped) as Configuration;
  const hasten = (route: Route): void => {
    if (route.receiver !== undefined) route.receiver = "drill";
    route.group_wait = "0s";
    route.group_interval = "1s";
    for (const inner of route.routes ?? []) hasten(inner);
  };
  hasten(configuration.route);
  const name = "{{ range .Alerts }}{{ .Status }} {{ .Labels.alertname }}\n{{ end }}";
  configuration.global = {
    smtp_smarthost: `127.0.0.1:${smtpPort}`,
    smtp_from: "runlight@localhost",
    smtp_require_tls: false,
  };
  configuration.receivers = [
    {
      name: "drill",
      email_configs: [{ to: "night@localhost", send_resolved: true, text: name, html: "" }],
      webhook_configs: [{ url: webhookUrl, send_resolved: true }],
    },
  ];
  return stringify(configuration, { lineWidth: 0 });
}
