import { subscribe, unsubscribe } from "node:diagnostics_channel";
import {
  ATTR_RUNLIGHT_VCS_DIRTY,
  EVENT_WORKFLOW_ENVIRONMENT,
  RESOURCE_VCS_REF_HEAD_NAME,
  RESOURCE_VCS_REF_HEAD_REVISION,
} from "@runlight/conventions/names";
import { emitEventInRuns, isRunActive, operationChannels } from "@runlight/core";
import { gitResource, lookAtWorkingTree } from "@runlight/host";
import type { WorkingTreeLook } from "@runlight/host";

/**
 * Records, when the first run of the process begins in a Git repository, whether the files there are those of the commit. Git looks at them in a
 * process of its own; a run that is over before it has looked goes without. Among processes that run side by side only the first one looks.
 */
export function startEnvironmentRecord(directory: string): { stop(): void } {
  let look: WorkingTreeLook | undefined;
  const onStart = (): void => {
    unsubscribe(operationChannels.runStart, onStart);
    const attributes = gitResource(directory);
    if (attributes[RESOURCE_VCS_REF_HEAD_REVISION] === undefined) return;
    look = lookAtWorkingTree(directory);
    void look.isDirty.then((dirty) => {
      if (dirty === undefined || !isRunActive()) return;
      const revision = String(attributes[RESOURCE_VCS_REF_HEAD_REVISION]).slice(0, 12);
      emitEventInRuns({
        eventName: EVENT_WORKFLOW_ENVIRONMENT,
        severity: "INFO",
        attributes: {
          ...pick(attributes, [RESOURCE_VCS_REF_HEAD_NAME, RESOURCE_VCS_REF_HEAD_REVISION]),
          [ATTR_RUNLIGHT_VCS_DIRTY]: dirty,
        },
        body: `files are ${dirty ? "changed since" : "those of"} commit ${revision}`,
      });
    });
  };
  if (isFirstRank(process.env)) subscribe(operationChannels.runStart, onStart);
  return {
    stop() {
      unsubscribe(operationChannels.runStart, onStart);
      look?.stop();
    },
  };
}

function pick<T extends object>(from: T, names: readonly (keyof T)[]): Partial<T> {
  return Object.fromEntries(names.flatMap((name) => (name in from ? [[name, from[name]]] : []))) as Partial<T>;
}

// A thousand ranks must not look at a shared file system all at once.
function isFirstRank(environment: NodeJS.ProcessEnv): boolean {
  const ranks = ["SLURM_PROCID", "OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK"];
  return ranks.every((name) => ["", "0"].includes(environment[name] ?? ""));
}
