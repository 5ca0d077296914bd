import { createDirectory, directoryName } from "../directory/create-directory.ts";
import { ProcessSpool } from "./process-spool.ts";
import { SpoolUnusableError } from "./spool-fault.ts";
import type { Spool, SpoolSettings } from "./spool.ts";

/** Opens this process's own spool and applies retention to the others. Throws `SpoolUnusableError` when its directory cannot be made or written. */
export function openSpool(settings: SpoolSettings): Spool {
  const { root, identity } = settings;
  let directory: string;
  try {
    directory = createDirectory(root, directoryName(identity), identity);
  } catch (error) {
    throw new SpoolUnusableError(root, error);
  }
  return new ProcessSpool(directory, settings);
}
