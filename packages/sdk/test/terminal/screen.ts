/** What a terminal shows after it was sent `output`: its lines, trailing blanks taken off. Knows the sequences the display uses and throws on others. */
export function screenOf(output: string): string[] {
  const lines: string[][] = [[]];
  let row = 0;
  let column = 0;
  const goTo = (nextRow: number): void => {
    row = Math.max(0, nextRow);
    while (lines.length <= row) lines.push([]);
  };
  for (const match of output.matchAll(/\u001B\[(\??)(\d*)([A-Za-z])|[^]/gu)) {
    const [token, isPrivate, digits, command] = match;
    const count = digits === "" || digits === undefined ? 1 : Number(digits);
    if (token === "\n") goTo(row + 1);
    else if (token === "\r") column = 0;
    else if (command === undefined) lines[row]![column++] = token;
    else if (isPrivate === "?") continue;
    else if (command === "A") goTo(row - count);
    else if (command === "B") goTo(row + count);
    else if (command === "G") column = count - 1;
    else if (command === "K") lines[row] = digits === "2" ? [] : lines[row]!.slice(0, column);
    else if (command !== "m") throw new Error(`unknown sequence ${JSON.stringify(token)}`);
  }
  return lines.map((line) =>
    Array.from(line, (character) => character ?? " ")
      .join("")
      .trimEnd(),
  );
}
