/** The flights of one month, column by column: element `i` of every column belongs to flight `i`. */
export interface Flights {
  /** As `2001-01`. */
  readonly month: string;
  readonly count: number;
  /** Departure, local time: minutes since midnight, 0 to 1439. */
  readonly minuteOfDay: Uint16Array;
  /** Minutes late; negative when early, NaN when missing. */
  readonly delayMinutes: Float32Array;
  /** NaN when missing. */
  readonly distanceMiles: Float32Array;
  /** Where it left: a position in `airports`. */
  readonly origin: Uint16Array;
  /** Airport codes, in order of first appearance. */
  readonly airports: readonly string[];
}
