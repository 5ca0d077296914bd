import { describe, expect, test } from "vitest";
import { createLineSplitter } from "../../src/child-process/output/line-splitter.ts";
import { lineText, wholeCharacters } from "../../src/child-process/output/line-text.ts";
import { createOutputTail } from "../../src/child-process/output/output-tail.ts";

/** The lines of `chunks`: overwritten ones in brackets, cut ones with their full size. */
function linesOf(chunks: readonly (Buffer | string)[], maxLineBytes = 1000): readonly string[] {
  const lines: string[] = [];
  const splitter = createLineSplitter(maxLineBytes, ({ bytes, sizeBytes, overwritten }) => {
    const text = sizeBytes > bytes.length ? `${bytes.toString()}+${sizeBytes}` : bytes.toString();
    lines.push(overwritten ? `[${text}]` : text);
  });
  for (const chunk of chunks) splitter.write(Buffer.from(chunk));
  splitter.end();
  return lines;
}

describe("createLineSplitter()", () => {
  test.for([
    ["lines, the last without an end", ["a\nb"], ["a", "b"]],
    ["a line in parts", ["a", "b", "c\nd", "\n"], ["abc", "d"]],
    ["empty lines", ["\n\na\n\n"], ["", "", "a", ""]],
    ["lines that end with CR LF, cut between them too", ["a\r\nb\r", "\nc\r\r\n"], ["a", "b", "c"]],
    ["what is written over", ["10%\r20%", "\r30%\n"], ["[10%]", "[20%]", "30%"]],
    ["a bar that begins with CR", ["\r10%\r20%"], ["[]", "[10%]", "20%"]],
    ["a bar that ends with CR", ["10%\r20%\r"], ["[10%]", "20%"]],
    ["nothing", [""], []],
  ] as const)("createLineSplitter() gives %s", ([, chunks, expected]) => {
    expect(linesOf(chunks)).toEqual(expected);
    // Where chunks are cut makes no difference.
    expect(linesOf([...chunks.join("")])).toEqual(expected);
  });

  test("createLineSplitter() cuts a line above its bound, not at it", () => {
    expect(linesOf(["12345\n123456\n", "1", "23456789", "\n1"], 5)).toEqual(["12345", "12345+6", "12345+9", "1"]);
  });
});

describe("lineText()", () => {
  const textOf = (bytes: Buffer, sizeBytes = bytes.length): unknown =>
    lineText({ bytes, sizeBytes, overwritten: false });

  test("lineText() replaces what is no UTF-8, and says so", () => {
    expect(textOf(Buffer.from("größe"))).toEqual({ text: "größe", replaced: false });
    expect(textOf(Buffer.from("größe", "latin1"))).toEqual({ text: "gr\uFFFD\uFFFDe", replaced: true });
    expect(textOf(Buffer.from([0x00, 0xff, 0x41]))).toEqual({ text: "\u0000\uFFFDA", replaced: true });
  });

  test("lineText() cuts no character in half", () => {
    for (const character of ["a", "ö", "€", "😀"]) {
      const bytes = Buffer.from(`x${character}`);
      for (let length = 1; length <= bytes.length; length += 1)
        expect(textOf(bytes.subarray(0, length), 1000)).toEqual({
          text: length === bytes.length ? `x${character}` : "x",
          replaced: false,
        });
    }
    expect(wholeCharacters(Buffer.from([0x80, 0x80, 0x80, 0x80]))).toBe(4);
  });

  test("lineText() leaves control sequences of terminals out", () => {
    expect(textOf(Buffer.from("\u001B[31mred\u001B[0m \u001B[2Kdone"))).toEqual({ text: "red done", replaced: false });
  });
});

describe("createOutputTail()", () => {
  test("createOutputTail() gives the last bytes, however they came", () => {
    const all = Buffer.from(Array.from({ length: 100 }, (_, index) => 33 + (index % 90)));
    for (const step of [1, 3, 7, 8, 9, 100])
      for (const length of [0, 1, 7, 8, 9, 15, 16, 17, 100]) {
        const tail = createOutputTail(8);
        for (let at = 0; at < length; at += step) tail.add(all.subarray(at, Math.min(length, at + step)));
        expect(tail.text()).toBe(all.subarray(Math.max(0, length - 8), length).toString());
      }
  });

  test("createOutputTail() begins with a whole character", () => {
    const tail = createOutputTail(5);
    tail.add(Buffer.from("€€"));
    expect(tail.text()).toBe("€");
  });
});
