import { parse, stringify } from "yaml";
import { host } from "../host-names.ts";

/** How many times faster a drill is than the shipped rules: a minute becomes a second. */
export const drillFactor = 60;

/** What happens once is seen for as long as a window: on a machine that is busy it may take seconds to arrive. */
const leastWindowSeconds = 20;
const unitSeconds: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1, ms: 0.001 };

/** What a drill may take of something that nobody fills for a drill. */
export interface DrillRoom {
  /** Share of it that is in use before the drill, 0 to 1. */
  readonly usedShare: number;
  /** Share of it that the drill may take, 0 to 1: what stands for all of it. */
  readonly roomShare: number;
}

/** What a drill may take of the host. */
export interface DrillRooms {
  readonly memory: DrillRoom;
  /** Of the disk with the temporary folder. */
  readonly disk: DrillRoom;
}

interface Rule {
  expr: string;
  for?: string;
  keep_firing_for?: string;
}

interface RuleFile {
  readonly groups: readonly { interval?: string; readonly rules: readonly Rule[] }[];
}

/** A file of rules with its windows, waits and limits of time shortened by `drillFactor`: what they ask is the same, when they answer is not. */
export function hastenRules(text: string, rooms: DrillRooms): string {
  const file = parse(text) as RuleFile;
  for (const group of file.groups) {
    if (group.interval !== undefined) group.interval = shorten(group.interval, 1);
    for (const rule of group.rules) {
      rule.expr = lowerLimits(hastenExpression(rule.expr), rooms);
      if (rule.for !== undefined) rule.for = shorten(rule.for, 1);
      if (rule.keep_firing_for !== undefined) rule.keep_firing_for = shorten(rule.keep_firing_for, 1);
    }
  }
  return `# Made for a drill.\n${stringify(file, { lineWidth: 0 })}`;
}

/** One expression with its windows, offsets, steps and limits in seconds shortened. */
export function hastenExpression(expression: string): string {
  return expression
    .replaceAll(/\[(\w+)(?::(\w*))?\]/gu, (_whole, range: string, step?: string) => {
      const short = shorten(range, leastWindowSeconds);
      if (step === undefined) return `[${short}]`;
      return step === "" ? `[${short}:]` : `[${short}:${shorten(step, 1)}]`;
    })
    .replaceAll(/\boffset (\w+)/gu, (_whole, by: string) => `offset ${shorten(by, leastWindowSeconds)}`)
    .replaceAll(/^(.*\btime\(\).*[<>]=? )(\d+)$/gmu, (_whole, before: string, seconds: string) => {
      return `${before}${Math.max(leastWindowSeconds, Number(seconds) / drillFactor)}`;
    })
    .replaceAll(/(predict_linear\([^,]+, )(\d+)\)/gu, (_whole, before: string, seconds: string) => {
      return `${before}${Number(seconds) / drillFactor})`;
    });
}

function shorten(duration: string, leastSeconds: number): string {
  const parts = [...duration.matchAll(/(\d+)(ms|[wdhms])/gu)];
  const seconds = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (unitSeconds[unit ?? ""] ?? 0), 0);
  return `${Math.max(leastSeconds, Math.ceil(seconds / drillFactor))}s`;
}

/** Shares of all there is become shares of the room that the drill may fill. */
function lowerLimits(expression: string, { memory, disk }: DrillRooms): string {
  const rooms = [
    [host.systemMemory, memory],
    [host.disk, disk],
  ] as const;
  return rooms.reduce(
    (text, [name, { usedShare, roomShare }]) =>
      text.replaceAll(new RegExp(`(${name}[^>\\n]* > )(0?\\.\\d+)`, "gu"), (_whole, before: string, limit: string) => {
        return `${before}${(usedShare + Number(limit) * roomShare).toFixed(6)}`;
      }),
    expression,
  );
}
