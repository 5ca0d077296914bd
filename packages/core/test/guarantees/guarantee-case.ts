import type { Environment } from "../programs/register-sdk.ts";
import type * as decoratedClasses from "./fixtures/decorated.ts";
import type { ObservableSpan } from "./observe.ts";

/** What a case finds around it. */
export interface Surroundings {
  readonly environment: Environment;
  /** The classes of `fixtures/decorated.ts`, compiled in a dialect of decorators. */
  readonly decorated: (dialect: "legacy" | "standard") => Promise<typeof decoratedClasses>;
  /** Takes in spans that ended in another thread or process. */
  readonly add: (spans: readonly ObservableSpan[]) => void;
}

/** One row of the guarantee table: what a program does, and what telemetry must make of it. */
export interface GuaranteeCase {
  readonly row: string;
  readonly guarantee: string;
  /** Does the work and asserts that its own result is what it would be without telemetry. */
  readonly work: (surroundings: Surroundings) => Promise<void> | void;
  /** Spans in the order they end, as `kind name outcome`, with `< parent` where there is one and `abandoned` where marked. */
  readonly spans: readonly string[];
  /** The named span must last at least this long, in milliseconds. */
  readonly lasts?: { readonly span: string; readonly ms: number };
  /** Exceptions told in records, each once. */
  readonly exceptions?: readonly string[];
}
