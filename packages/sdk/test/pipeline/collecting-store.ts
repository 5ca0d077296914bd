import type { Signal } from "@runlight/spool";
import { decodeOtlpRequest } from "@runlight/testing";
import type { DecodedRequest } from "@runlight/testing";
import type { RequestStore } from "../../src/pipeline/signal-writer.ts";
import type { Urgency } from "../../src/pipeline/urgency.ts";

/** One request that was appended, decoded. */
export interface Appended extends DecodedRequest {
  readonly signal: Signal;
  readonly urgency: Urgency;
}

/** A store that keeps what is appended in memory, decoded. */
export function createCollectingStore(): RequestStore & { readonly appended: Appended[] } {
  const appended: Appended[] = [];
  return {
    appended,
    append(signal, request, { urgency }) {
      appended.push({ signal, urgency, ...decodeOtlpRequest(signal, request, "protobuf") });
      return true;
    },
  };
}
