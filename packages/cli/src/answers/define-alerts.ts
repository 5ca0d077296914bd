import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { WorkflowDefinition } from "@runlight/core";
import { renderWorkflowFiles } from "@runlight/dashboards";
import { CommandFault } from "../command-fault.ts";
import type { Invocation } from "../invocation.ts";

/** Imports modules, which run nothing, and writes what the workflows they define promise. Throws `CommandFault` when there is none. */
export async function defineAlerts({ output }: Invocation, modules: readonly string[], target: string): Promise<void> {
  const definitions: WorkflowDefinition[] = [];
  for (const path of modules) {
    const exported = (await import(pathToFileURL(resolve(path)).href)) as Readonly<Record<string, unknown>>;
    definitions.push(...Object.values(exported).flatMap(definitionOf));
  }
  if (definitions.length === 0) {
    throw new CommandFault(
      `Cannot define alerts: modules must export a workflow made with defineWorkflow(), current value is ${modules.join(", ")}`,
      2,
    );
  }
  const files = renderWorkflowFiles(definitions);
  const folder = resolve(target);
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    await output.write(`${join(target, path)}\n`);
  }
  await output.flush();
}

function definitionOf(value: unknown): readonly WorkflowDefinition[] {
  if (typeof value !== "function" || !("definition" in value)) return [];
  const { definition } = value;
  return typeof definition === "object" && definition !== null && "name" in definition
    ? [definition as WorkflowDefinition]
    : [];
}
