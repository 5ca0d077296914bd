import { createServer } from "node:http";
import { SMTPServer } from "smtp-server";
import { listen } from "./pager.ts";

/** A mail server that refuses every mail, and a webhook that answers every page with a fault. */
export interface BrokenReceivers extends AsyncDisposable {
  readonly smtpPort: number;
  readonly webhookUrl: string;
  /** Pages that each of them refused. */
  readonly refused: { readonly mails: number; readonly webhooks: number };
}

/** Starts both on free ports of the loopback address. */
export async function startBrokenReceivers(): Promise<BrokenReceivers> {
  const refused = { mails: 0, webhooks: 0 };
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onMailFrom(_address, _session, callback) {
      refused.mails += 1;
      callback(Object.assign(new Error("No mail is taken"), { responseCode: 550 }));
    },
  });
  smtp.on("error", () => undefined);
  const webhook = createServer((_request, response) => {
    refused.webhooks += 1;
    response.writeHead(500).end();
  });
  const smtpPort = await listen(smtp.server);
  const webhookPort = await listen(webhook);
  return {
    smtpPort,
    webhookUrl: `http://127.0.0.1:${webhookPort}/`,
    refused,
    async [Symbol.asyncDispose]() {
      webhook.closeAllConnections();
      webhook.close();
      await new Promise<void>((resolve) => smtp.close(resolve));
    },
  };
}
