import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A directory that is gone after the block that holds it with `using`. */
export interface TemporaryDirectory extends Disposable {
  /** Absolute, without symbolic links. */
  readonly path: string;
}

const undisposed = new Set<string>();

/** Makes an empty directory: `using directory = temporaryDirectory()`. What was not disposed of goes when the process exits. */
export function temporaryDirectory(): TemporaryDirectory {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "runlight-test-")));
  if (undisposed.size === 0) process.once("exit", removeAll);
  undisposed.add(path);
  return { path, [Symbol.dispose]: () => remove(path) };
}

function removeAll(): void {
  for (const path of undisposed) remove(path);
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  undisposed.delete(path);
  if (undisposed.size === 0) process.removeListener("exit", removeAll);
}
