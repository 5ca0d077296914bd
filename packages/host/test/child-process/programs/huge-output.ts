// Runs a command that writes 1 GB without a line's end, and tells how much memory that took.
import { exec } from "@runlight/host";

const sizeBytes = 1_000_000_000;
const source = `
  const { writeSync } = require("node:fs");
  const part = Buffer.alloc(100_000, "x");
  for (let left = ${sizeBytes}; left > 0; left -= part.length)
    for (let at = 0; at < part.length; ) at += writeSync(1, part, at);`;

await exec("true");
const before = process.memoryUsage.rss();
const result = await exec(process.execPath, ["--eval", source], { logFile: process.argv[2] ?? false });
const grownBytes = process.resourceUsage().maxRSS * 1024 - before;
console.log(
  JSON.stringify({
    ...result.stdout,
    tail: result.stdout.tail.length,
    dropped: result.logFileDroppedBytes,
    grownBytes,
  }),
);
