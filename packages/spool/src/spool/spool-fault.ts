import { errorCode } from "../process/error-code.ts";

/** Thrown by `openSpool()` when its directory cannot be made or written; `cause` is the error of the file system. */
export class SpoolUnusableError extends Error {
  override readonly name = "SpoolUnusableError";
  /** The code of the underlying error: `EACCES`, `ENOSPC`, `EROFS`, `ENOTDIR` and the like; `UNKNOWN` where it has none. */
  readonly code: string;

  constructor(root: string, cause: unknown) {
    const code = errorCode(cause) ?? "UNKNOWN";
    super(`Cannot open a spool: ${root} must be a directory that can be written, the system answered ${code}`, {
      cause,
    });
    this.code = code;
  }
}
