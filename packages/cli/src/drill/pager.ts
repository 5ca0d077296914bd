import { createServer } from "node:http";
import type { AddressInfo, Server } from "node:net";
import type { Readable } from "node:stream";
import { SMTPServer } from "smtp-server";

/** What arrived: by which way, of which alert, and when. */
export interface Page {
  readonly way: "mail" | "webhook";
  readonly status: "firing" | "resolved";
  readonly alert: string;
  /** Milliseconds since the epoch. */
  readonly timeMs: number;
}

/** A mail server and a webhook that keep what they are sent. */
export interface Pager extends AsyncDisposable {
  readonly smtpPort: number;
  readonly webhookUrl: string;
  readonly pages: readonly Page[];
}

const bodyLimitBytes = 1024 * 1024;

/** Starts both on free ports of the loopback address. */
export async function startPager(): Promise<Pager> {
  const pages: Page[] = [];
  const note = (way: Page["way"], status: string, alert: string): void => {
    if (status === "firing" || status === "resolved") pages.push({ way, status, alert, timeMs: Date.now() });
  };
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    size: bodyLimitBytes,
    onData(stream, _session, callback) {
      let mail = "";
      stream.on("data", (chunk: Buffer) => (mail += chunk.toString()));
      stream.on("end", () => {
        for (const [, status = "", alert = ""] of mail.matchAll(/^(firing|resolved) (\w+)/gmu))
          note("mail", status, alert);
        callback();
      });
    },
  });
  // A sender that hangs up in the middle has sent no page; without a listener it would end the drill.
  smtp.on("error", () => undefined);
  const webhook = createServer((request, response) => {
    readText(request).then(
      (body) => {
        const { alerts } = JSON.parse(body) as { alerts: { status: string; labels: { alertname: string } }[] };
        for (const { status, labels } of alerts) note("webhook", status, labels.alertname);
        response.end();
      },
      () => response.writeHead(400).end(),
    );
  });
  const smtpPort = await listen(smtp.server);
  const webhookPort = await listen(webhook);
  return {
    smtpPort,
    webhookUrl: `http://127.0.0.1:${webhookPort}/`,
    pages,
    async [Symbol.asyncDispose]() {
      webhook.closeAllConnections();
      webhook.close();
      await new Promise<void>((resolve) => smtp.close(resolve));
    },
  };
}

async function readText(stream: Readable): Promise<string> {
  let text = "";
  for await (const chunk of stream) {
    text += String(chunk);
    if (text.length > bodyLimitBytes) throw new RangeError("A page is too large");
  }
  return text;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}
