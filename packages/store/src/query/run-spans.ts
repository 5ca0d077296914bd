import type { DecodedSpan, SpoolListing } from "@runlight/spool";
import { readSpans } from "../read/decode-frames.ts";
import type { NoticeList } from "../read/notices.ts";
import type { RunScope } from "./run-scope.ts";

/** A span and the spool it stands in. */
export interface PlacedSpan {
  readonly span: DecodedSpan;
  readonly spool: SpoolListing;
}

/** Where to look for the spans of a run. */
export interface RunSpansSettings {
  readonly scope: RunScope;
  readonly spools: readonly SpoolListing[];
  readonly notices: NoticeList;
  /** Only spans that stand in a request with this text. Default: all. */
  readonly nearText?: string;
}

/** The spans of one run, process by process, in the order they ended. */
export function* runSpans({ scope, spools, notices, nearText }: RunSpansSettings): Generator<PlacedSpan> {
  const concerns = (bytes: Buffer): boolean =>
    scope.mayHold(bytes) && (nearText === undefined || bytes.includes(nearText));
  for (const spool of spools) {
    if (!scope.admits(spool)) continue;
    for (const span of readSpans({ spool, notices, concerns })) {
      if (scope.owns(span)) yield { span, spool };
    }
  }
}
