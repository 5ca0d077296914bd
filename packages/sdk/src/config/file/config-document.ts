import { type Document, isMap, isNode, isScalar, LineCounter, type Node, parseDocument, Scalar, visit } from "yaml";
import type { ConfigFault } from "../telemetry-config-error.ts";
import { dottedPath, type FilePath } from "./file-path.ts";
import { retypedScalar, substitutedText } from "./substituted-text.ts";

/** A configuration file as it was read. */
export interface ConfigDocument {
  /** What the file holds, variables substituted; `undefined` where it is no YAML. */
  readonly value: unknown;
  /** File and line of a path, or of the nearest part above it that stands in the file. */
  readonly where: (path: FilePath) => string;
  /** The text as written, where variables were substituted in it: what may be shown, as a variable can hold a secret. */
  readonly written: (path: FilePath) => string | undefined;
  readonly faults: readonly ConfigFault[];
}

/** Reads the text of a configuration file. `name` is what faults call the file. */
export function readConfigDocument(name: string, text: string, environment: NodeJS.ProcessEnv): ConfigDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { version: "1.2", lineCounter: lines, prettyErrors: false });
  const where = (path: FilePath): string => `${name}:${lines.linePos(offsetOf(document, path)).line}`;
  const faults: ConfigFault[] = [...syntaxFaults(name, document, lines)];
  const written = new Map<Node, string>();
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === "key" || typeof node.value !== "string") return;
      const source = node.value;
      const substituted = substitutedText(source, environment);
      if (substituted === undefined) {
        const path = pathOf(node, key, ancestors);
        const rule = "text in which ${…} holds the name of a variable";
        faults.push({ path: dottedPath(path), rule, value: JSON.stringify(source), where: where(path) });
      } else if (substituted !== source) {
        written.set(node, source);
        node.value = node.type === Scalar.PLAIN ? retypedScalar(substituted) : substituted;
      }
    },
  });

  const value = document.errors.length === 0 ? plainValue(document) : undefined;
  if (value instanceof Error) {
    faults.push({
      path: "the file",
      rule: "without aliases that grow or point at themselves",
      value: value.message,
      where: name,
    });
  }
  return {
    value: value instanceof Error ? undefined : value,
    where,
    written(path) {
      const node = document.getIn(path, true);
      return isNode(node) ? written.get(node) : undefined;
    },
    faults,
  };
}

// One fault a line: what follows on it is mostly due to the first. Messages can quote the file, which may hold a secret.
function syntaxFaults(name: string, document: Document, lines: LineCounter): readonly ConfigFault[] {
  const faults = new Map<number, ConfigFault>();
  for (const { message, pos } of document.errors) {
    const { line, col } = lines.linePos(pos[0]);
    const value = `wrong: ${message.replace(/:? ".*$/s, "")}`;
    if (!faults.has(line))
      faults.set(line, { path: `column ${col}`, rule: "well-formed YAML", value, where: `${name}:${line}` });
  }
  return [...faults.values()];
}

function plainValue(document: Document): unknown {
  try {
    const value: unknown = document.toJS();
    // Refuses what is part of itself.
    JSON.stringify(value);
    return value;
  } catch (error) {
    return error instanceof Error ? new Error("it cannot be resolved", { cause: error }) : undefined;
  }
}

function offsetOf(document: Document, path: FilePath): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent: unknown = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const part = path[depth - 1];
    const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === part) : undefined;
    // The line of the key: a mapping's own begins below it.
    const node: unknown = pair?.key ?? document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function pathOf(node: Node, key: number | string | null, ancestors: readonly unknown[]): FilePath {
  const path: (number | string)[] = [];
  const line = [...ancestors, node];
  for (const [index, ancestor] of line.entries()) {
    const child = line[index + 1];
    if (typeof ancestor !== "object" || ancestor === null) continue;
    if ("key" in ancestor && isScalar(ancestor.key)) path.push(String(ancestor.key.value));
    else if (!isMap(ancestor) && "items" in ancestor && Array.isArray(ancestor.items))
      path.push(ancestor.items.indexOf(child));
  }
  return path.length === 0 && key !== null ? [key] : path;
}
