import { Visitor } from "oxc-parser";
import type { CallExpression } from "oxc-parser";
import { isTestFile } from "../source-file.ts";
import type { Fault, Rule } from "../source-file.ts";

const runners = new Set(["test", "it", "describe"]);
const modifiers = new Set(["skip", "skipIf", "runIf", "todo"]);
const advice = 'skip with a reason that the run prints: context.skip(condition, "reason")';

/** A skipped test says why, where the reporter can print it. */
export const skippedTests: Rule = (file) => {
  if (!isTestFile(file)) return [];
  const faults: Fault[] = [];
  new Visitor({
    MemberExpression: ({ object, property, start }) => {
      const modifier = property.type === "Identifier" && modifiers.has(property.name);
      if (modifier && object.type === "Identifier" && runners.has(object.name))
        faults.push({ offset: start, message: advice });
    },
    CallExpression: (call) => {
      if (isSkip(call) && !endsWithReason(call)) faults.push({ offset: call.start, message: advice });
    },
  }).visit(file.program);
  return faults;
};

function isSkip({ callee }: CallExpression): boolean {
  if (callee.type === "Identifier") return callee.name === "skip";
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier" || callee.property.name !== "skip")
    return false;
  return callee.object.type === "Identifier" && !runners.has(callee.object.name);
}

/** A lone argument is the reason; of two the second is, as the first is the condition. */
function endsWithReason({ arguments: parameters }: CallExpression): boolean {
  const [first] = parameters;
  if (parameters.length !== 1) return parameters.length === 2;
  return first?.type === "Literal"
    ? typeof first.value === "string"
    : first?.type === "TemplateLiteral" || first?.type === "Identifier";
}
