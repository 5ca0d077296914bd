import { statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runNode, temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("programs/huge-output.ts", import.meta.url));

test(
  "exec() takes 1 GB without a line's end in a tenth as much memory, and counts what the file has no room for",
  { timeout: 180_000 },
  async () => {
    using directory = temporaryDirectory();
    const file = join(directory.path, "huge.log");
    const { stdout } = await runNode([program, file], { timeoutMs: 170_000 });
    const { grownBytes, ...told } = JSON.parse(stdout) as { readonly grownBytes: number };
    const room = 256 * 1024 ** 2;
    const dropped = 1_000_000_000 - room;
    expect(told).toEqual({ tail: 65_536, sizeBytes: 1_000_000_000, lines: 1, unrecordedLines: 0, dropped });
    // The last line says that some is missing.
    expect(statSync(file).size - room).toBeLessThan(200);
    expect(grownBytes).toBeLessThan(100_000_000);
  },
);
