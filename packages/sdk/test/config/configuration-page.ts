import { environmentVariables } from "../../src/config/environment-variables.ts";
import { ignoredVariables, refusedVariables } from "../../src/config/environment/unread-variables.ts";
import { runlightSettings } from "../../src/config/runlight-settings.ts";

/** The page with every generated part made anew; a part stands between `<!-- generated: name -->` and `<!-- end -->`. */
export function withGeneratedParts(page: string): string {
  return page.replaceAll(/<!-- generated: ([a-z ]+) -->\n[\s\S]*?<!-- end -->/g, (_, name: string) => {
    const render = parts.get(name);
    if (render === undefined)
      throw new RangeError(`Cannot render the page: ${name} must be one of ${[...parts.keys()].join(", ")}`);
    return `<!-- generated: ${name} -->\n\n${render()}\n\n<!-- end -->`;
  });
}

const parts: ReadonlyMap<string, () => string> = new Map([
  ["settings", renderSettings],
  ["variables", renderVariables],
  ["ignored variables", renderIgnored],
  ["refused variables", renderRefused],
]);

function renderSettings(): string {
  return table(
    ["option", "variable", "under `distribution.runlight`", "what", "must be", "default"],
    runlightSettings.map(({ option, variable, fileKey, meaning, values, fallback }) => [
      code(option),
      variable === undefined ? "" : code(variable),
      code(fileKey),
      meaning,
      values,
      code(fallback),
    ]),
  );
}

function renderVariables(): string {
  const own = new Set(runlightSettings.map(({ variable }) => variable));
  return table(
    ["variable", "what", "must be", "unset"],
    environmentVariables
      .filter(({ name }) => !own.has(name))
      .map(({ name, meaning, values, fallback }) => [code(name), meaning, values, fallback]),
  );
}

function renderIgnored(): string {
  return table(
    ["variable", "why it is left to others"],
    ignoredVariables.map(({ name, reason }) => [code(name), reason]),
  );
}

function renderRefused(): string {
  return table(
    ["variable", "it must be"],
    refusedVariables.map(({ name, reason }) => [code(name), reason]),
  );
}

function code(text: string): string {
  return `\`${text}\``;
}

// Columns are padded as the formatter pads them.
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", String.raw`\|`)));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [first = [], ...rest] = cells;
  return [line(first), line(widths.map((width) => "-".repeat(width))), ...rest.map(line)].join("\n");
}
