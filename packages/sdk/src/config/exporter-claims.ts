import { type Claim, claim } from "./claims.ts";
import { signals } from "./setting-values.ts";

/** What a base URL means: each signal goes to `v1/<signal>` below it (OTLP exporter specification, endpoint URLs for OTLP/HTTP). */
export function baseEndpointClaims(baseUrl: string): readonly Claim[] {
  return signals.map((signal) => {
    const url = new URL(baseUrl);
    url.pathname = `${url.pathname.replace(/\/$/, "")}/v1/${signal}`;
    return claim(`${signal}.endpoint`, url.href);
  });
}

/** A header for every signal. Names of headers are compared in lower case. */
export function headerClaims(name: string, value: string): readonly Claim[] {
  return signals.map((signal) => claim(`${signal}.headers.${name.toLowerCase()}`, value));
}
