import { createServer } from "node:http";
import type { AddressInfo, Server } from "node:net";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { ATTR_WORKFLOW_DEFINITION_NAME } from "@runlight/conventions/names";
import { prometheusLabel } from "@runlight/dashboards";
import { SMTPServer } from "smtp-server";

/** What arrived: by which way, of which alert, about what, and when. */
export interface Page {
  readonly way: "mail" | "webhook";
  readonly status: "firing" | "resolved";
  readonly alert: string;
  /** Service, program of the stack, workflow or disk that it is about; `-` for none. */
  readonly subject: string;
  /** Milliseconds since the epoch. */
  readonly timeMs: number;
}

/** A mail server and a webhook that keep what they are sent. */
export interface Pager extends AsyncDisposable {
  readonly smtpPort: number;
  readonly webhookUrl: string;
  readonly pages: readonly Page[];
  /** The first page that matches, among those that came and those that will; `undefined` when `signal` is aborted first. */
  wait(matches: (page: Page) => boolean, signal: AbortSignal): Promise<Page | undefined>;
}

const bodyLimitBytes = 1024 * 1024;
const pollIntervalMs = 50;

/** Starts both on free ports of the loopback address. */
export async function startPager(): Promise<Pager> {
  const pages: Page[] = [];
  const note = (way: Page["way"], [status, alert, subject]: readonly (string | undefined)[]): void => {
    if (status !== "firing" && status !== "resolved") return;
    pages.push({ way, status, alert: alert ?? "", subject: subject ?? "-", timeMs: Date.now() });
  };
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    size: bodyLimitBytes,
    onData(stream, _session, callback) {
      let text = "";
      stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
      stream.on("end", () => {
        for (const [, ...line] of text.matchAll(/^(firing|resolved) (\w+) (\S+)/gmu)) note("mail", line);
        callback();
      });
    },
  });
  // A sender that hangs up in the middle has sent no page; without a listener it would end the drill.
  smtp.on("error", () => undefined);
  const webhook = createServer((request, response) => {
    readText(request)
      .then((body) => {
        for (const line of alertsIn(body)) note("webhook", line);
        response.end();
      })
      .catch(() => response.writeHead(400).end());
  });
  const smtpPort = await listen(smtp.server);
  const webhookPort = await listen(webhook);
  return {
    smtpPort,
    webhookUrl: `http://127.0.0.1:${webhookPort}/`,
    pages,
    async wait(matches, signal) {
      for (let next = 0; !signal.aborted; await delay(pollIntervalMs)) {
        for (; next < pages.length; next += 1) {
          const page = pages[next];
          if (page !== undefined && matches(page)) return page;
        }
      }
      return undefined;
    },
    async [Symbol.asyncDispose]() {
      webhook.closeAllConnections();
      webhook.close();
      await new Promise<void>((resolve) => smtp.close(resolve));
    },
  };
}

/** Each alert of a notification as the mail tells it: status, name, and what it is about. */
function alertsIn(body: string): readonly (readonly string[])[] {
  const { alerts } = JSON.parse(body) as { alerts: { status: string; labels: Readonly<Record<string, string>> }[] };
  return alerts.map(({ status, labels }) => [status, labels["alertname"] ?? "", subjectOf(labels)]);
}

/** What an alert is about, from its labels: its service, else its program, its workflow, its disk. */
export function subjectOf(labels: Readonly<Record<string, string>>): string {
  const workflow = prometheusLabel(ATTR_WORKFLOW_DEFINITION_NAME);
  return labels["service_name"] ?? labels["job"] ?? labels[workflow] ?? labels["device"] ?? "-";
}

async function readText(stream: Readable): Promise<string> {
  let text = "";
  for await (const chunk of stream) {
    text += String(chunk);
    if (text.length > bodyLimitBytes) throw new RangeError("A page is too large");
  }
  return text;
}

/** Listens on a free port of the loopback address and gives it. */
export function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}
