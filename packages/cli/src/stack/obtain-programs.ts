import { buildPrograms } from "./build-programs.ts";
import { locateProgram } from "./locate-program.ts";
import type { LocatedProgram } from "./locate-program.ts";
import { programs } from "./programs.ts";
import type { Program } from "./programs.ts";
import type { Service } from "./services.ts";
import type { StackUpSettings } from "./stack-up-settings.ts";

/** A program that can be started, or why it cannot. */
export type ProgramSource = LocatedProgram | { readonly problem: string };

/** Finds each program, or builds those that are nowhere; what cannot be had comes back with the reason. */
export async function obtainPrograms(
  wanted: readonly Program[],
  services: ReadonlyMap<Program, Service>,
  settings: StackUpSettings,
): Promise<ReadonlyMap<Program, ProgramSource>> {
  const found = new Map<Program, ProgramSource>();
  const missing: Program[] = [];
  const locate = async (program: Program): Promise<void> => {
    const located = await locateProgram(program, services.get(program) as Service, settings);
    if (located.from === "nowhere") {
      for (const line of located.refused) settings.report.notes(line);
      missing.push(program);
    } else {
      found.set(program, located);
    }
  };
  await Promise.all(wanted.map(locate));
  if (missing.length === 0) return found;
  if (!settings.build) {
    for (const program of missing)
      found.set(program, {
        problem: `${program.title} ${program.version} is neither on PATH nor built; "stack build" builds it`,
      });
    return found;
  }

  settings.report.buildStarts(missing);
  try {
    const inOrder = programs.filter((program) => missing.includes(program));
    const results = await buildPrograms(inOrder, {
      ...settings,
      onProgress: settings.report.buildProgress,
      onWait: settings.report.waits,
    });
    for (const result of results) {
      if ("error" in result) found.set(result.program, { problem: result.error.message });
      else {
        const located = await locateProgram(result.program, services.get(result.program) as Service, settings);
        found.set(
          result.program,
          located.from === "nowhere" ? { problem: `${result.directory} is incomplete` } : located,
        );
      }
    }
  } catch (error) {
    for (const program of missing) found.set(program, { problem: (error as Error).message });
  }
  return found;
}
