import { readFileSync, writeFileSync } from "node:fs";

/** Changes one byte in the middle of a segment; other files stay as they are. */
export function corruptSegment(path: string): void {
  if (!path.endsWith(".otlp")) return;
  const bytes = readFileSync(path);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
  writeFileSync(path, bytes);
}
