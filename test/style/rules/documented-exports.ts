import { isPackageSource } from "../source-file.ts";
import type { Fault, Rule, SourceFile } from "../source-file.ts";

type Statement = SourceFile["program"]["body"][number];

/** Every export of a package's source has a TSDoc comment of its own. */
export const documentedExports: Rule = (file) => {
  if (!isPackageSource(file) || file.path.endsWith("/index.ts")) return [];
  const exportedByList = new Set(file.program.body.flatMap(namesInList));
  const documented = new Set<string>();
  return file.program.body.flatMap((statement): Fault[] => {
    const names = declaredNames(statement);
    const exported =
      statement.type === "ExportNamedDeclaration" ? names : names.filter((name) => exportedByList.has(name));
    const [name] = exported;
    // Of the overloads of a function the first carries the comment.
    if (name === undefined || documented.has(name)) return [];
    if (!hasDocumentation(file, statement))
      return [{ offset: statement.start, message: `export ${name} has no TSDoc` }];
    documented.add(name);
    return [];
  });
};

/** The names in an `export { a, b }` of the file's own declarations. */
function namesInList(statement: Statement): readonly string[] {
  if (statement.type !== "ExportNamedDeclaration" || statement.source !== null) return [];
  return statement.specifiers.flatMap(({ local }) => (local.type === "Identifier" ? [local.name] : []));
}

function declaredNames(statement: Statement): readonly string[] {
  const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
  switch (declaration?.type) {
    case "VariableDeclaration":
      return declaration.declarations.flatMap(({ id }) => (id.type === "Identifier" ? [id.name] : []));
    case "FunctionDeclaration":
    case "TSDeclareFunction":
    case "ClassDeclaration":
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      return declaration.id === null ? [] : [declaration.id.name];
    default:
      return [];
  }
}

function hasDocumentation({ comments, text }: SourceFile, statement: Statement): boolean {
  return comments.some(
    ({ type, value, start, end }) =>
      type === "Block" &&
      value.startsWith("*") &&
      start < statement.start &&
      // Only white space and other comments may stand between the comment and its export.
      withoutComments(text.slice(end, statement.start)).trim() === "",
  );
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, "");
}
