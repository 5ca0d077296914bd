import { channel } from "node:diagnostics_channel";
import type { Channel } from "node:diagnostics_channel";

/** Tells, with a spool's directory, that bytes went into one of its files: by whatever call or timer. The shipper in the same process listens. */
export const spoolWritten: Channel = channel("runlight.spool.written");
