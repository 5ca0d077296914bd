import type { Attributes, Context, Link, SpanKind } from "@opentelemetry/api";
import type { OperationKind } from "@runlight/conventions/names";
import type { Run } from "../run/run.ts";
import type { Operation } from "./operation.ts";

/** Everything an operation needs to begin, clean and complete. */
export interface OperationStartSettings {
  readonly kind: OperationKind;
  readonly name: string;
  readonly run: Run | undefined;
  readonly isRoot: boolean;
  readonly parent: Operation | undefined;
  readonly parentContext: Context;
  /** Unix time in milliseconds, with fraction. */
  readonly startTimeMs: number;
  /** The user's attributes and those of the options. */
  readonly attributes: Attributes;
  readonly innerAttributes: Attributes;
  readonly links: readonly Link[];
  readonly spanKind: SpanKind | undefined;
}
