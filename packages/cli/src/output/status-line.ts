/** A line on a terminal that is written over and over. */
export interface StatusLine {
  show(text: string): void;
  clear(): void;
}

/** Shows what goes on, on a terminal; elsewhere nothing. */
export function createStatusLine(stream: NodeJS.WriteStream): StatusLine {
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined };
  const rewrite = (text: string): void => {
    stream.cursorTo(0);
    stream.write(text.slice(0, stream.columns - 1));
    stream.clearLine(1);
  };
  return { show: rewrite, clear: () => rewrite("") };
}
