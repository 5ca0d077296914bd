import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import type { ExecSettings } from "./exec-settings.ts";

/** Why a command could not be started. */
export interface StartFault {
  /** The system's code, `ENOENT` for one. */
  readonly code: string;
  /** What is wrong and how to mend it. */
  readonly message: string;
}

/** Finds out why the system refused to start a command: it says `ENOENT` of a missing program, directory and interpreter alike. */
export function explainStart(error: unknown, settings: ExecSettings, path: string): StartFault {
  const { command, cwd } = settings;
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "UNKNOWN";
  const say = (rule: string, value: string, mend = "", as = code): StartFault => ({
    code: as,
    message: `Cannot run ${command}: ${rule}, current value is ${value}${mend}`,
  });
  if (!isDirectory(cwd))
    return say("cwd must be a directory", cwd, "; make it, or correct the path", existsSync(cwd) ? "ENOTDIR" : code);
  const file = command.includes("/") ? resolve(cwd, command) : findInPath(command, path);
  if (code === "EACCES" && file !== undefined) {
    if (isDirectory(file)) return say("command must be a program", `the directory ${file}`);
    return isExecutable(file)
      ? say("command must be a program this user may run", file, "; look at the rights of the directories above it")
      : say("command must be executable", file, `; run chmod +x ${file}`);
  }
  if (code !== "ENOENT") return { code, message: `Cannot run ${command}: ${message}` };
  if (file !== undefined && existsSync(file)) {
    const interpreter = interpreterOf(file);
    if (interpreter !== undefined)
      return say(
        "the interpreter in its first line must be a program",
        interpreter,
        `; install it, or correct ${file}`,
      );
    return say("command must be a program of this machine", file, "; a library or loader it needs is missing");
  }
  if (command.includes("/")) return say("command must be the path of a program", command, `; there is none at ${file}`);
  const here = existsSync(join(cwd, command))
    ? `; to run the file in the working directory, write ./${command}`
    : "; install it, or give its path";
  return say("command must be a program in one of the directories of PATH", command, here);
}

function findInPath(command: string, path: string): string | undefined {
  const candidates = path.split(delimiter).map((directory) => join(directory || ".", command));
  return candidates.find((candidate) => existsSync(candidate) && !isDirectory(candidate));
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The program in the `#!` line of a script. */
function interpreterOf(file: string): string | undefined {
  try {
    const words = /^#!\s*(\S+)(?:\s+(\S+))?/.exec(readFileSync(file, "latin1").slice(0, 256));
    return words?.[1];
  } catch {
    return undefined;
  }
}
