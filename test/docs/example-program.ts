import { parseSync, Visitor } from "oxc-parser";
import type { Comment, Program } from "oxc-parser";
import type { CodeBlock } from "./code-blocks.ts";

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A statement that a `// => value` may stand behind: an expression, or a variable by its name. */
interface Statement {
  readonly start: number;
  readonly end: number;
  readonly expression: { readonly start: number; readonly end: number } | undefined;
  readonly variable: string | undefined;
}

const assertion = "same";

/**
 * Makes a program of a block: every `expression; // => value` becomes an assertion that they are equal, awaited where that is
 * possible. Its lines have the numbers they have in the file the block stands in.
 */
export function exampleProgram({ code, line }: CodeBlock): string {
  const { program, comments, errors } = parseSync("example.ts", code);
  const [error] = errors;
  if (error !== undefined) throw new SyntaxError(`Cannot parse the example: ${error.message}`);
  const statements = statementsOf(program);
  const edits = comments.flatMap((comment) => editFor(comment, statements, code));
  if (edits.length === 0) return "\n".repeat(line - 1) + code;
  const imported = `import { deepStrictEqual as ${assertion} } from "node:assert/strict"; `;
  return "\n".repeat(line - 1) + imported + applyEdits(code, edits);
}

function statementsOf(program: Program): readonly Statement[] {
  const statements: Statement[] = [];
  new Visitor({
    ExpressionStatement: ({ start, end, expression }) => {
      const logged =
        expression.type === "CallExpression" &&
        expression.callee.type === "MemberExpression" &&
        expression.callee.object.type === "Identifier" &&
        expression.callee.object.name === "console";
      // What an example prints is what its reader sees: the value is that of the printed expression.
      statements.push({ start, end, expression: logged ? expression.arguments[0] : expression, variable: undefined });
    },
    VariableDeclaration: ({ start, end, declarations }) => {
      const id = declarations.at(-1)?.id;
      if (id?.type === "Identifier") statements.push({ start, end, expression: undefined, variable: id.name });
    },
  }).visit(program);
  return statements;
}

function editFor(comment: Comment, statements: readonly Statement[], code: string): readonly Edit[] {
  const expected = /^\s*=>\s*(?<value>.+)$/.exec(comment.value)?.groups?.["value"];
  if (comment.type !== "Line" || expected === undefined) return [];
  const subject = statements.findLast(
    ({ end }) => end <= comment.start && !code.slice(end, comment.start).includes("\n"),
  );
  if (subject === undefined)
    throw new SyntaxError(`Cannot check the example: no statement stands before "// => ${expected}"`);
  const { expression, variable, start, end } = subject;
  if (expression === undefined) return [{ start: end, end, text: ` ${assertion}(${variable}, ${expected});` }];
  const topLevel = statements.every((other) => other === subject || other.end <= start || other.start >= end);
  const value = code.slice(expression.start, expression.end);
  return [{ start, end, text: `${assertion}(${topLevel ? "await " : ""}(${value}), ${expected});` }];
}

function applyEdits(code: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((one, other) => other.start - one.start)
    .reduce((text, { start, end, text: replacement }) => text.slice(0, start) + replacement + text.slice(end), code);
}
