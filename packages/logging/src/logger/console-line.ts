import { inspect, styleText } from "node:util";
import { formatTimeOfDay } from "@runlight/core";
import type winston from "winston";
import { momentOf } from "../transport/moments.ts";
import { loadWinston } from "./load-winston.ts";

type Style = Parameters<typeof styleText>[0];

const styles: Readonly<Record<string, Style>> = {
  critical: ["bold", "red"],
  error: "red",
  warn: "yellow",
  info: "green",
};

/** What the line shows otherwise than as a field. */
const shown: ReadonlySet<string> = new Set(["cause", "level", "message", "splat", "stack"]);

/** A line for people: `14:25:01.042 INFO  loader: read { rows: 3 }`, an error's stack on the lines after it. Coloured on a terminal only. */
export function consoleLine(name: string): winston.Logform.Format {
  return loadWinston().format.printf((entry) => {
    const { level, message, stack } = entry;
    const time = formatTimeOfDay(momentOf(entry).timeMs);
    const levelText = styleText(styles[level] ?? "dim", level.toUpperCase().padEnd(5));
    const trace = typeof stack === "string" ? `\n${stack}` : "";
    return `${time} ${levelText} ${name}: ${String(message)}${fieldsText(entry)}${trace}`;
  });
}

function fieldsText(entry: object): string {
  const fields = Object.fromEntries(Object.entries(entry).filter(([key]) => !shown.has(key)));
  if (Object.keys(fields).length === 0) return "";
  return ` ${inspect(fields, { breakLength: Infinity, compact: true, depth: 4, maxArrayLength: 20, maxStringLength: 500 })}`;
}
