/** What Grafana puts into a query before a backend sees it, as something that parses. */
const values: Readonly<Record<string, string>> = {
  __interval: "1m",
  __rate_interval: "1m",
  __auto: "1m",
  __range: "1h",
  __range_s: "3600",
  __interval_ms: "60000",
};

/** Puts durations for Grafana's intervals, and a word for each variable, `$name` or `${name:format}`. */
export function substituteMacros(query: string): string {
  return query.replaceAll(
    /\$(?:\{([a-zA-Z_][\w.]*)(?::\w+)?\}|(\w+))/gu,
    (_whole, braced: string | undefined, bare: string | undefined) => values[braced ?? bare ?? ""] ?? "value",
  );
}
