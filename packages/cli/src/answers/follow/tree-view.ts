import type { WriteStream } from "node:tty";
import { events } from "@runlight/conventions";
import type { LogEntry } from "@runlight/store";
import { createLogUpdate } from "log-update";
import type { FollowView } from "./follow-view.ts";
import { treeText } from "./tree-text.ts";

const ownEvents: ReadonlySet<string> = new Set(events.map((entry) => entry.name));

/** Draws the run's open operations over and over at the foot of a terminal, and takes them away at its end. */
export function createTreeView(stream: WriteStream, colour: boolean): FollowView {
  // The cursor stays visible, so that there is nothing to restore however this command ends.
  const draw = createLogUpdate(stream, { showCursor: true });
  let lastLine: LogEntry | undefined;
  return {
    async show(followed, entries) {
      lastLine = entries.findLast(isSaid) ?? lastLine;
      const look = { colour, width: stream.columns || 80, height: stream.rows || 24 };
      draw(treeText({ followed, lastLine, nowMs: Date.now() }, look));
    },
    close() {
      draw.clear();
    },
  };
}

// What the program itself said; begins, ends and progress show in the tree.
function isSaid({ eventName, severityNumber }: LogEntry): boolean {
  return severityNumber >= 9 && (eventName === undefined || !ownEvents.has(eventName));
}
