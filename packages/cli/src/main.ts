import { createProgram } from "./program.ts";
import { reportFault } from "./report-fault.ts";

// A reader that has read enough (`| head`) ends the command quietly.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

try {
  const program = await createProgram(process.argv.slice(2));
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportFault(error, process.stderr);
}
