import type { Signal } from "@runlight/spool";
import type { ClaimsOfSource, Found } from "./claims.ts";
import type { SettingKey, SettingValues } from "./setting-values.ts";
import { shownValue } from "./shown-value.ts";
import type { SettingOrigin } from "./telemetry-settings.ts";

/** Prefix of settings whose names the user chooses. */
export type SettingPrefix = "resourceAttributes." | `${Signal}.headers.`;

/** Chooses between the sources and remembers where each setting came from. */
export interface SettingChoice {
  /** The value of the highest source that gives one, else the default; noted as an origin. */
  readonly choose: <K extends SettingKey>(key: K, fallback: SettingValues[K]) => SettingValues[K];
  /** The same for a setting that may stay unset; noted where it is set. */
  readonly find: <K extends SettingKey>(key: K) => Found<SettingValues[K]> | undefined;
  /** All settings under a prefix, each chosen by itself, by the rest of their names. */
  readonly collect: <P extends SettingPrefix>(prefix: P) => ReadonlyMap<string, SettingValues[`${P}${string}`]>;
  /** The items of all sources together, noted with the highest source that gives some. */
  readonly unite: (key: "redactKeys", fallback: readonly string[]) => readonly string[];
  /** Notes a default that was computed. */
  readonly note: (key: SettingKey, value: unknown) => void;
  readonly origins: ReadonlyMap<string, SettingOrigin>;
}

/** A choice between sources, highest first. */
export function createSettingChoice(sources: readonly ClaimsOfSource[]): SettingChoice {
  const origins = new Map<string, SettingOrigin>();

  const find = <K extends SettingKey>(key: K): Found<SettingValues[K]> | undefined => {
    for (const source of sources) {
      const found = source.get(key);
      if (found === undefined) continue;
      const { source: name, where } = found.place;
      origins.set(key, { source: name, where, value: shownValue(key, found.value) });
      return found;
    }
    return undefined;
  };
  const note = (key: SettingKey, value: unknown): void => {
    origins.set(key, { source: "default", where: "default", value: shownValue(key, value) });
  };

  return {
    choose(key, fallback) {
      const found = find(key);
      if (found !== undefined) return found.value;
      note(key, fallback);
      return fallback;
    },
    find,
    collect<P extends SettingPrefix>(prefix: P) {
      const hasPrefix = (key: SettingKey): key is SettingKey & `${P}${string}` => key.startsWith(prefix);
      const keys = new Set(sources.flatMap((source) => [...source.keys()].filter(hasPrefix)));
      const collected = new Map<string, SettingValues[`${P}${string}`]>();
      for (const key of keys) {
        const found = find(key);
        if (found !== undefined) collected.set(key.slice(prefix.length), found.value);
      }
      return collected;
    },
    unite(key, fallback) {
      const highest = find(key);
      const united = [...new Set(sources.flatMap((source) => source.get(key)?.value ?? []))];
      if (highest === undefined) note(key, fallback);
      else
        origins.set(key, { source: highest.place.source, where: highest.place.where, value: shownValue(key, united) });
      return highest === undefined ? fallback : united;
    },
    note,
    origins,
  };
}
