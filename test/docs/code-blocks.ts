/** A fenced block of code in a Markdown file or in a TSDoc `@example`. */
export interface CodeBlock {
  /** Path of the file in the repository. */
  readonly path: string;
  /** Line of the block's first line of code, from 1. */
  readonly line: number;
  /** The word after the fence: `ts`. */
  readonly language: string;
  readonly code: string;
}

const fence = /^(?<indent>[ \t]*)```(?<language>[\w-]*).*\n(?<code>(?:.*\n)*?)\k<indent>```[ \t]*$/gm;

/** Finds the fenced blocks of a Markdown text. */
export function blocksInMarkdown(path: string, text: string): readonly CodeBlock[] {
  return [...text.matchAll(fence)].map(({ groups = {}, index }) => ({
    path,
    line: text.slice(0, index).split("\n").length + 1,
    language: groups["language"] ?? "",
    code: groups["code"] ?? "",
  }));
}

/** Finds the fenced blocks in the `@example` parts of a source file's TSDoc comments. */
export function blocksInComments(path: string, text: string): readonly CodeBlock[] {
  const examples = text.matchAll(/\/\*\*(?:(?!\*\/)[^])*?@example(?<example>(?:(?!\*\/)[^])*)\*\//g);
  return [...examples].flatMap(({ groups = {}, index, 0: comment }) => {
    const example = groups["example"] ?? "";
    const before = text.slice(0, index + comment.indexOf(example)).split("\n").length - 1;
    const markdown = example.replaceAll(/^[ \t]*\* ?/gm, "");
    return blocksInMarkdown(path, markdown).map((block) => ({ ...block, line: block.line + before }));
  });
}
