let isOpen = false;

/** Tells on stderr what is being done, a line each. */
export function tell(text: string): void {
  process.stderr.write(`${isOpen ? "\r\u001B[K" : ""}${text}\n`);
  isOpen = false;
}

/** Tells what is being done just now: on a terminal in one line that the next text replaces, elsewhere not at all. */
export function tellNow(text: string): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r\u001B[K${text}`);
  isOpen = true;
}
