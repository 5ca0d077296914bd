import type { DecodedSpan, SpoolListing } from "@runlight/spool";
import { readSpans } from "../read/decode-frames.ts";
import type { NoticeList } from "../read/notices.ts";
import type { RunScope } from "./run-scope.ts";

/** A span and the spool it stands in. */
export interface PlacedSpan {
  readonly span: DecodedSpan;
  readonly spool: SpoolListing;
}

/** The spans of one run, process by process, in the order they ended. */
export function* runSpans(
  scope: RunScope,
  spools: readonly SpoolListing[],
  notices: NoticeList,
): Generator<PlacedSpan> {
  for (const spool of spools) {
    if (!scope.admits(spool)) continue;
    for (const span of readSpans({ spool, notices, concerns: scope.mayHold })) {
      if (scope.owns(span)) yield { span, spool };
    }
  }
}
