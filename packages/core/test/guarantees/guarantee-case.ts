/** One row of the guarantee table: what a program does, and what telemetry must make of it. */
export interface GuaranteeCase {
  readonly row: string;
  readonly guarantee: string;
  /** Does the work and asserts that its own result is what it would be without telemetry. */
  readonly work: () => Promise<void> | void;
  /** Spans in the order they end, as `kind name outcome`, with `< parent` where there is one and `abandoned` where marked. */
  readonly spans: readonly string[];
  /** The named span must last at least this long, in milliseconds. */
  readonly lasts?: { readonly span: string; readonly ms: number };
  /** Exceptions told in records, each once. */
  readonly exceptions?: readonly string[];
}
