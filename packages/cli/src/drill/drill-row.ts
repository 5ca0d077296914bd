/** How one alert of a drill came out. Seconds are from the mishap to the page, and from its mending to the end. */
export interface DrillRow {
  readonly alert: string;
  readonly cause: string;
  readonly mailSeconds?: number;
  readonly webhookSeconds?: number;
  readonly resolvedSeconds?: number;
  /** How it ends where it does not end with the mishap. */
  readonly end?: "never" | "silenced";
  /** The alert that silenced it. */
  readonly silencedBy?: string;
  /** Why it could not be made to happen here. */
  readonly impossible?: string;
  /** False when a page, or its end, did not come in time. */
  readonly passed: boolean;
}
