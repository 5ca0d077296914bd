import { channel } from "node:diagnostics_channel";
import type { Channel } from "node:diagnostics_channel";

/** What is told of a write. */
export interface SpoolWritten {
  readonly directory: string;
  readonly sizeBytes: number;
}

/** Tells of each write to a spool's files, as a {@link SpoolWritten}: by whatever call or timer. The shipper in the same process listens. */
export const spoolWritten: Channel = channel("runlight.spool.written");
