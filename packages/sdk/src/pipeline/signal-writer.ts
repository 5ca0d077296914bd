import type { Signal } from "@runlight/spool";
import type { Urgency } from "./urgency.ts";

/** Where encoded export requests go: the spool, or nowhere when there is no place for them. */
export interface RequestStore {
  /** Takes one serialized export request. False: it was dropped, and counted there. */
  append(
    signal: Signal,
    request: Uint8Array,
    options: { readonly urgency: Urgency; readonly records: number },
  ): boolean;
}

/** Encodes items of one signal and hands the bytes over; counts what it cannot encode. */
export interface SignalWriter<T> {
  /** Never throws: an item that cannot be encoded is counted as `encoding_failed`. */
  write(items: T, urgency: Urgency): void;
  /** Items that could not be encoded so far. */
  readonly encodingFailures: number;
  /** Items handed over so far, for whoever wants to know whether something came since. */
  readonly handedOver: number;
}

/** What a signal's writer is made of. */
export interface SignalWriterOptions<T> {
  readonly signal: Signal;
  readonly store: RequestStore;
  /** Takes secrets out and serializes; may throw, may give `undefined`. */
  readonly encode: (items: T) => Uint8Array | undefined;
  /** Told of the first failure only. */
  readonly onFailure: (error: unknown) => void;
}

/** Makes the writer of one signal. */
export function createSignalWriter<T>({ signal, store, encode, onFailure }: SignalWriterOptions<T>): SignalWriter<T> {
  let encodingFailures = 0;
  let handedOver = 0;
  return {
    write(items, urgency) {
      try {
        const request = encode(items);
        if (request === undefined) throw new Error("the serializer gave nothing back");
        handedOver++;
        store.append(signal, request, { urgency, records: 1 });
      } catch (error) {
        if (encodingFailures++ === 0) onFailure(error);
      }
    },
    get encodingFailures() {
      return encodingFailures;
    },
    get handedOver() {
      return handedOver;
    },
  };
}
