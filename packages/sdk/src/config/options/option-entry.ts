import type { Claim } from "../claims.ts";
import { unknownName } from "../faults.ts";
import { isRecord } from "../is-record.ts";
import type { Rule } from "../rules/rule.ts";

/** One option of `TelemetryConfig`: how its value is read. */
export interface OptionEntry {
  readonly name: string;
  readonly read: (value: unknown, reading: OptionReading) => void;
}

/** Takes what is read. */
export interface OptionReading {
  readonly add: (path: string, claims: readonly Claim[]) => void;
  readonly refuse: (path: string, rule: Pick<Rule<unknown>, "secret" | "text">, value: unknown) => void;
}

/** An option with one rule. */
export function option<T>(name: string, rule: Rule<T>, claims: (value: T) => readonly Claim[]): OptionEntry {
  return {
    name,
    read(value, { add, refuse }) {
      const accepted = rule.accept(value);
      if (accepted === undefined) refuse(name, rule, value);
      else add(name, claims(accepted));
    },
  };
}

/** An option that lists objects; its claims are made of the whole list. */
export function listOption<T>(
  name: string,
  rule: Rule<T>,
  claims: (list: readonly T[]) => readonly Claim[],
): OptionEntry {
  return {
    name,
    read(value, { add, refuse }) {
      if (!Array.isArray(value)) return refuse(name, { text: "a list" }, value);
      const accepted = value.flatMap((item: unknown, index) => {
        const whole = rule.accept(item);
        if (whole !== undefined) return [whole];
        refuse(`${name}[${index}]`, rule, item);
        return [];
      });
      return add(name, claims(accepted));
    },
  };
}

/** An option that is a record of names the user chooses. */
export function recordOption<T>(
  name: string,
  { key, value: rule }: { readonly key: (name: string) => boolean; readonly value: Rule<T> },
  claims: (key: string, value: T) => readonly Claim[],
): OptionEntry {
  return {
    name,
    read(value, { add, refuse }) {
      if (!isRecord(value)) return refuse(name, { text: "an object" }, value);
      for (const [part, item] of Object.entries(value)) {
        const path = `${name}.${part}`;
        const accepted = rule.accept(item);
        if (!key(part)) refuse(path, { text: "left out, as the name is not allowed here" }, item);
        else if (accepted === undefined) refuse(path, rule, item);
        else add(path, claims(part, accepted));
      }
    },
  };
}

/** Reads an object of options; a property that is `undefined` counts as not given. */
export function readEntries(
  entries: readonly OptionEntry[],
  { value, prefix }: { readonly value: Readonly<Record<string, unknown>>; readonly prefix: string },
  reading: OptionReading,
): void {
  const known = new Map(entries.map((entry) => [entry.name, entry]));
  for (const name of Object.keys(value)) {
    if (known.has(prefix + name) || value[name] === undefined) continue;
    const names = [...known.keys()].map((whole) => whole.slice(prefix.length));
    reading.refuse(prefix + name, unknownName("option", name, names), value[name]);
  }
  for (const [whole, entry] of known) {
    const item = value[whole.slice(prefix.length)];
    if (item !== undefined) entry.read(item, reading);
  }
}
