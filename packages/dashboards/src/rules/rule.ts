/** A series that Prometheus computes and keeps. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** One alert: its rule, what to do at night, and the proof that it fires and does not. */
export interface AlertRule {
  /** UpperCamelCase, as Prometheus shows it. */
  readonly name: string;
  readonly expression: string;
  /** Series that the expression asks and that are recorded for it. Default: none. */
  readonly records?: readonly RecordingRule[];
  /** How long the expression must hold, as Prometheus writes durations. Default: at once. */
  readonly holdFor?: string;
  readonly severity: "critical" | "info" | "none" | "warning";
  /** It fires all the time, as proof that pages arrive. Default: false. */
  readonly always?: true;
  /** What the stages of one alert have in common: a critical one silences the milder ones of its family. Default: its own name. */
  readonly family?: string;
  /** Labels that the expression does not give. */
  readonly labels?: Readonly<Record<string, string>>;
  /** One constant sentence. */
  readonly summary: string;
  /** Sentence with `{{ $labels… }}` and `{{ $value }}`. */
  readonly description: string;
  /** What the person who is called does: paragraphs of Markdown under the rule's heading in the runbook. */
  readonly runbook: string;
  /** `promtool` cases: at least one that fires and one that does not. */
  readonly cases: readonly RuleCase[];
}

/** Series as `promtool` reads them, and what the rule makes of them. */
export interface RuleCase {
  /** Says what happens, as the test's name. */
  readonly name: string;
  /** Distance of the samples, as Prometheus writes durations. */
  readonly interval: string;
  readonly series: readonly { readonly series: string; readonly values: string }[];
  /** When to look, as Prometheus writes durations. */
  readonly at: string;
  /** Labels of each alert that fires, without `severity` and `family`; empty for none. */
  readonly fires: readonly Readonly<Record<string, string>>[];
}
