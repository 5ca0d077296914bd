import { setTimeout as delay } from "node:timers/promises";
import type { SegmentDamage } from "../frame/frame.ts";
import { ownMark } from "../process/identity.ts";
import { ownerToken } from "../process/owner-token.ts";
import { recoverSpools } from "../recovery/recover-spools.ts";
import type { Signal } from "../settings.ts";
import { adoptSpools, isShipped } from "./adopt.ts";
import { findCursor, startPositions } from "./cursor.ts";
import type { CursorPositions } from "./cursor.ts";
import { AwaitedGrowth } from "./growth.ts";
import { Lane } from "./lane.ts";
import { SharedState } from "./shared-state.ts";
import { ShipSource } from "./ship-source.ts";
import type { WorkerSettings } from "./worker-messages.ts";

/** How often adopted spools are looked at for having been shipped. */
const settleIntervalMs = 1000;

/** The work of the shipper's thread: one lane a signal, over the own spool and those it adopts. */
export class Shipping {
  readonly #settings: WorkerSettings;
  readonly #shared: SharedState;
  readonly #own: ShipSource;
  readonly #growth: AwaitedGrowth;
  readonly #signals: readonly Signal[];
  readonly #lanes: readonly Lane[];
  #runs: readonly Promise<boolean>[] = [];
  #adopted: readonly ShipSource[] = [];
  #nextAdoptionAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(settings: WorkerSettings) {
    const { directory, endpoints } = settings;
    this.#settings = settings;
    this.#shared = new SharedState(settings.shared);
    this.#growth = new AwaitedGrowth(this.#shared);
    this.#own = new ShipSource({
      directory,
      owner: ownerToken(ownMark()),
      positions: ownPositions(directory),
      isLive: true,
      onDamage: (damage) => this.#tellDamage(damage),
    });
    this.#shared.moveTo(this.#own.positions());
    this.#signals = (["traces", "metrics", "logs"] as const).filter((signal) => endpoints[signal] !== undefined);
    this.#lanes = this.#signals.map((signal) => this.#lane(signal));
  }

  start(): void {
    this.#runs = this.#lanes.map((lane) => lane.run());
    void this.#listen();
    void this.#adopt();
  }

  /** Resolves when nothing of the own spool is left to ship; not at all where that takes longer than `timeoutMs`. */
  async drain(timeoutMs: number): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.drained(timeoutMs)));
    this.#shared.moveTo(this.#own.positions());
  }

  /** Ends after the requests under way, or ends them after `timeoutMs`. */
  async stop(timeoutMs: number): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    for (const lane of this.#lanes) lane.stop();
    await Promise.race([Promise.all(this.#runs), delay(timeoutMs)]);
    for (const lane of this.#lanes) lane.abort();
  }

  #lane(signal: Signal): Lane {
    const { endpoints, retry, pollIntervalMs, lingerMs } = this.#settings;
    const endpoint = endpoints[signal];
    if (endpoint === undefined) throw new TypeError(`Cannot ship ${signal}: it must have an endpoint`);
    return new Lane({
      signal,
      endpoint,
      sources: () => [this.#own, ...this.#adopted],
      growth: this.#growth,
      observer: {
        shipped: (of, records) => this.#shared.add(of, "shipped", records),
        rejected: (of, records, message) => {
          this.#shared.add(of, "rejected", records);
          this.#shared.setMessage(message);
        },
        failed: (of, message) => {
          this.#shared.add(of, "failures", 1);
          this.#shared.setMessage(message);
        },
        looked: () => this.#shared.moveTo(this.#own.positions()),
      },
      retry,
      pollIntervalMs,
      lingerMs,
    });
  }

  #tellDamage({ path, offset, sizeBytes, reason }: SegmentDamage): void {
    this.#shared.setMessage(`${path}: ${sizeBytes} bytes at ${offset} are passed over: ${reason}`);
  }

  async #listen(): Promise<void> {
    while (!this.#isStopped) {
      const seen = this.#shared.notifications();
      this.#growth.forget();
      for (const lane of this.#lanes) lane.wake();
      await this.#shared.notified(seen);
    }
  }

  /** Lets go of adopted spools that are shipped, and looks for others from time to time. */
  async #adopt(): Promise<void> {
    const settled = this.#adopted.filter((source) => isShipped(source.directory, source.positions(), this.#signals));
    for (const source of settled) this.#release(source);
    this.#adopted = this.#adopted.filter((source) => !settled.includes(source));
    const now = performance.now();
    // Those that were let go made room for others, which need not wait for the next time.
    if (now >= this.#nextAdoptionAt || settled.length > 0) {
      this.#nextAdoptionAt = now + this.#settings.adoptIntervalMs;
      await recoverSpools(this.#settings.root);
      const { root } = this.#settings;
      const except = new Set([this.#own, ...this.#adopted].map((source) => source.directory));
      const { sources } = adoptSpools({
        root,
        signals: this.#signals,
        except,
        onDamage: (damage) => this.#tellDamage(damage),
      });
      this.#adopted = [...this.#adopted, ...sources];
      if (sources.length > 0) for (const lane of this.#lanes) lane.wake();
    }
    if (this.#isStopped) return;
    const { adoptIntervalMs } = this.#settings;
    const nextMs = this.#adopted.length > 0 ? Math.min(settleIntervalMs, adoptIntervalMs) : adoptIntervalMs;
    this.#timer = setTimeout(() => void this.#adopt(), nextMs);
  }

  #release(source: ShipSource): void {
    source.close();
    try {
      source.save();
    } catch (error) {
      this.#shared.setMessage(error instanceof Error ? error.message : String(error));
    }
  }
}

/** The thread may be the second of its process, when the first one died. */
function ownPositions(directory: string): CursorPositions {
  try {
    return findCursor(directory)?.positions ?? startPositions;
  } catch {
    return startPositions;
  }
}
