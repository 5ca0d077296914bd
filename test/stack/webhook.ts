import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** One alert as Alertmanager tells it to a webhook. */
export interface PagedAlert {
  readonly status: "firing" | "resolved";
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A receiver of alerts. */
export interface Webhook extends AsyncDisposable {
  readonly url: string;
  /** What came so far, in order. */
  readonly alerts: readonly PagedAlert[];
}

/** Starts a server on a free port that takes what Alertmanager posts. */
export async function startWebhook(): Promise<Webhook> {
  const alerts: PagedAlert[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const page = JSON.parse(Buffer.concat(chunks).toString()) as { readonly alerts: readonly PagedAlert[] };
      alerts.push(...page.alerts);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    alerts,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
