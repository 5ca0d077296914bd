import { setTimeout as delay } from "node:timers/promises";
import type { Page, Pager } from "./pager.ts";
import type { Drill, DrilledAlert } from "./scenario.ts";

/** One alert a second comes from what fires always; after five that are missing somebody is called. */
const missedBeatsMs = 5000;
const pollIntervalMs = 100;

/** When the pages of an alert came, in milliseconds since the epoch; absent where one did not come. */
export interface PageTimes {
  readonly mailMs?: number;
  readonly webhookMs?: number;
  /** The alert that silences it, once that was seen. */
  readonly silencedBy?: string;
}

/** What an alert is waited for with. */
export interface PageQuestion {
  readonly alert: DrilledAlert;
  /** Pages before this time are not its own. */
  readonly sinceMs: number;
  /** Alert that is to silence it. */
  readonly silencer: string | undefined;
  /** Gives up when it is aborted. */
  readonly signal: AbortSignal;
}

/** Waits for what an alert is expected to do while its mishap lasts. */
export async function awaitPage(drill: Drill, question: PageQuestion): Promise<PageTimes> {
  const { alert, silencer } = question;
  if (alert.expects === "mute") {
    const silenced = await awaitSilencer(drill, question);
    const paged = drill.pager.pages.some((page) => isOf(page, alert, "firing") && page.timeMs >= question.sinceMs);
    return silenced && !paged && silencer !== undefined ? { silencedBy: silencer } : {};
  }
  const [mailMs, webhookMs] = await Promise.all([
    awaitWay(drill.pager, "mail", question),
    awaitWay(drill.pager, "webhook", question),
  ]);
  const silenced = silencer !== undefined && (await awaitSilencer(drill, question));
  return {
    ...(mailMs === undefined ? {} : { mailMs }),
    ...(webhookMs === undefined ? {} : { webhookMs }),
    ...(silenced ? { silencedBy: silencer } : {}),
  };
}

/** Waits for the end of an alert after its mishap was mended; gives the time of the page that tells it. */
export async function awaitEnd(
  { pager }: Drill,
  alert: DrilledAlert,
  sinceMs: number,
  signal: AbortSignal,
): Promise<number | undefined> {
  const status = alert.expects === "missed beats" ? "firing" : "resolved";
  const page = await pager.wait(
    (candidate) => candidate.way === "webhook" && isOf(candidate, alert, status) && candidate.timeMs >= sinceMs,
    signal,
  );
  return page?.timeMs;
}

async function awaitWay(
  pager: Pager,
  way: Page["way"],
  { alert, sinceMs, signal }: PageQuestion,
): Promise<number | undefined> {
  const isOne = (page: Page): boolean => page.way === way && isOf(page, alert, "firing");
  if (alert.expects !== "missed beats") {
    const isCounted = (page: Page): boolean => isOne(page) && (alert.expects === "beat" || page.timeMs >= sinceMs);
    return (await pager.wait(isCounted, signal))?.timeMs;
  }
  for (; !signal.aborted; await delay(pollIntervalMs)) {
    const last = pager.pages.findLast(isOne)?.timeMs ?? sinceMs;
    if (Date.now() - Math.max(last, sinceMs) > missedBeatsMs) return Date.now();
  }
  return undefined;
}

async function awaitSilencer({ stack }: Drill, { alert, silencer, signal }: PageQuestion): Promise<boolean> {
  for (; !signal.aborted; await delay(pollIntervalMs)) {
    const silencers = await stack.alertmanager.silencersOf(alert.alert, alert.subject);
    if (silencers.some((name) => name === silencer)) return true;
  }
  return false;
}

function isOf(page: Page, { alert, subject }: DrilledAlert, status: Page["status"]): boolean {
  return page.alert === alert && page.subject === subject && page.status === status;
}
