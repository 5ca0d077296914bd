/** Does something wrong within a started telemetry, and ends well once `mended` is resolved, where it waits for that. */
export type Misbehaviour = (mended: Promise<unknown>) => Promise<void>;
