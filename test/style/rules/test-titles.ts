import { Visitor } from "oxc-parser";
import type { CallExpression, Expression } from "oxc-parser";
import { isTestFile } from "../source-file.ts";
import type { Fault, Rule } from "../source-file.ts";

const suites = new Set(["describe"]);
const tests = new Set(["test", "it"]);

/** What a title may begin with: a function or method, a path or file, a placeholder, a name in code marks or of several parts. */
const symbol =
  /^(?:[\w$.#:@/%-]+\([^)]*\)|[\w@.*-]*[/.][\w./*-]+|[$%@]\w[\w.]*|`[^`]+`|[A-Z]\w*[A-Z0-9_]\w*|[a-z]+[A-Z]\w*)(?:[ ,:]|$)/;
/** Programs, and the sub-commands of ours, may begin a title too. */
const command = /^(?:npm|npx|node|turbo|runlight|stack|up|status|logs|down|build|promtool|amtool)\b/;
/** A class in one word before its fact: `Spool keeps order`. */
const plainName = /^(?!(?:It|The|A|An|When|If|Should|Does|Can|This|That|All|Every|No|Each) )[A-Z][a-z]+ [a-z]+/;

/** A test is named `symbol() fact`; the symbol may stand on the suite around it. */
export const testTitles: Rule = (file) => {
  if (!isTestFile(file)) return [];
  const faults: Fault[] = [];
  const suiteTitles: string[] = [];
  new Visitor({
    CallExpression: (call) => {
      const name = calleeName(call.callee);
      const title = name === undefined ? undefined : titleOf(call);
      if (name === undefined || title === undefined) return;
      if (suites.has(name)) suiteTitles.push(title);
      else if (tests.has(name) && ![...suiteTitles, title].some(beginsWithSymbol)) {
        faults.push({ offset: call.start, message: `name the test \`symbol() fact\`, not "${title}"` });
      }
    },
    "CallExpression:exit": (call) => {
      if (suites.has(calleeName(call.callee) ?? "") && titleOf(call) !== undefined) suiteTitles.pop();
    },
  }).visit(file.program);
  return faults;
};

function beginsWithSymbol(title: string): boolean {
  return symbol.test(title) || command.test(title) || plainName.test(title);
}

/** `test` of `test(...)`, `test.for(...)(...)`, `test.concurrent(...)` and ``test.each`...`(...)``. */
function calleeName(callee: Expression): string | undefined {
  switch (callee.type) {
    case "Identifier":
      return callee.name;
    case "MemberExpression":
      return callee.object.type === "Super" ? undefined : calleeName(callee.object);
    case "CallExpression":
      return calleeName(callee.callee);
    case "TaggedTemplateExpression":
      return calleeName(callee.tag);
    default:
      return undefined;
  }
}

/** The title where it is written out; a placeholder stands for what a template inserts. */
function titleOf({ arguments: [first] }: CallExpression): string | undefined {
  if (first?.type === "Literal" && typeof first.value === "string") return first.value;
  if (first?.type === "TemplateLiteral") return first.quasis.map(({ value }) => value.cooked ?? "").join("$value");
  return undefined;
}
