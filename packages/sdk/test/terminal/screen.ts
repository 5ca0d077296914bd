/** What a terminal shows after it was sent `output`: its lines, trailing blanks taken off. Knows the sequences the display uses and throws on others. */
export function screenOf(output: string): string[] {
  const lines: string[][] = [[]];
  let row = 0;
  let column = 0;
  const goTo = (nextRow: number): void => {
    row = Math.max(0, nextRow);
    while (lines.length <= row) lines.push([]);
  };
  const type = (text: string): void => {
    for (const character of text) {
      if (character === "\n") goTo(row + 1);
      else if (character === "\r") column = 0;
      else lines[row]![column++] = character;
    }
  };
  const obey = (command: string, digits: string): void => {
    const count = digits === "" ? 1 : Number(digits);
    if (command === "A") goTo(row - count);
    else if (command === "B") goTo(row + count);
    else if (command === "G") column = count - 1;
    else if (command === "K") lines[row] = digits === "2" ? [] : lines[row]!.slice(0, column);
    // Colours and private modes move nothing.
    else if (command !== "m" && command !== "h" && command !== "l")
      throw new Error(`unknown sequence ${digits}${command}`);
  };
  const [start, ...sequences] = output.split("\u001B[");
  type(start ?? "");
  for (const sequence of sequences) {
    const [whole, digits, command] = /^\??([\d;]*)([A-Za-z])/.exec(sequence) ?? ["", "", "?"];
    obey(command, digits);
    type(sequence.slice(whole.length));
  }
  return lines.map((line) =>
    Array.from(line, (character) => character ?? " ")
      .join("")
      .trimEnd(),
  );
}
