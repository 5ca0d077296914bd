import type { SettingKey, SettingValues } from "./setting-values.ts";
import type { ConfigFault } from "./telemetry-config-error.ts";

/** A value that something gives to a setting; made by `claim()` only, which ties its type to the setting. */
export interface Claim {
  readonly key: SettingKey;
  readonly value: unknown;
}

/** Where a value was found. */
export interface Place {
  readonly source: "environment" | "file" | "option";
  /** Option path, variable name, or path within the file. */
  readonly path: string;
  /** For `SettingOrigin.where`: as `path`, but for a file its name and line. */
  readonly where: string;
}

/** What one source claims, by setting. A later claim to the same setting takes the place of an earlier one. */
export interface ClaimsOfSource {
  readonly add: (claims: readonly Claim[], place: Place) => void;
  readonly get: <K extends SettingKey>(key: K) => Found<SettingValues[K]> | undefined;
  readonly keys: () => Iterable<SettingKey>;
}

/** A claimed value with its place. */
export interface Found<T> {
  readonly value: T;
  readonly place: Place;
}

/** What a source claims, and what is wrong with it. */
export interface SourceReading {
  readonly claims: ClaimsOfSource;
  readonly faults: readonly ConfigFault[];
}

/** A value for a setting. */
export function claim<K extends SettingKey>(key: K, value: SettingValues[K]): Claim {
  return { key, value };
}

/** An empty set of claims. */
export function createClaims(): ClaimsOfSource {
  const found = new Map<SettingKey, Found<unknown>>();
  return {
    add(claims, place) {
      for (const { key, value } of claims) found.set(key, { value, place });
    },
    get<K extends SettingKey>(key: K) {
      return found.get(key) as Found<SettingValues[K]> | undefined;
    },
    keys: () => found.keys(),
  };
}
