import { styleText } from "node:util";

/** What a cell says, as far as colour tells it. */
export type CellStyle = "active" | "bad" | "good" | "quiet" | "warning";

const colours = { active: "cyan", bad: "red", good: "green", quiet: "dim", warning: "yellow" } as const;

/** Text in the colour of its meaning. Whether there is colour is the caller's question. */
export function styleCell(text: string, style: CellStyle): string {
  return styleText(colours[style], text, { validateStream: false });
}
