/**
 * A cell of a notebook as a function that a page can run again and again.
 *
 * In Deno's kernel the cells of a notebook share one scope, in which what was
 * declared can be declared again, and older functions then see the newer one. A
 * page has no such scope, but properties of the global object behave so. Hence
 * declarations at the top of a cell become assignments to names that
 * `declarations.ts` has made ready, imports become calls, and the last value is
 * kept.
 *
 * @module
 */
import { Parser } from "acorn";
import { type Cell, type Kind, localPrefix } from "./cell.ts";
import { exportsOfOtherCells, stripTypes } from "./strip_types.ts";
import { inWords } from "./syntax_errors.ts";
import { child, children, Edits, isTree, lineBreaks, list, nameOf, type Tree } from "./tree.ts";

const JavaScript = Parser.extend(exportsOfOtherCells);

/**
 * Makes a function of a cell. Lines stay lines, so that errors tell the right ones.
 *
 * @throws {SyntaxError} in the kernel's words, with a picture of the place.
 */
export function transformCell(source: string): Cell {
  // As in the kernel: what looks like an object is one, if it can be.
  if (/^\s*\{/.test(source) && !/;\s*$/.test(source)) {
    try {
      return rewrite(`(${source})`);
    } catch {
      // It is a block.
    }
  }
  try {
    return rewrite(source);
  } catch (error) {
    throw inWords(error, source);
  }
}

function rewrite(source: string): Cell {
  const js = stripTypes(source);
  const tree: unknown = JavaScript.parse(js, { ecmaVersion: "latest", sourceType: "module" });
  if (!isTree(tree)) throw new TypeError("transformCell: the parser gave no tree");
  const edits = new Edits(js);
  const names = new Map<string, Kind>();
  const hoisted: string[] = [];
  const statements = list(tree, "body").map((statement) => {
    // What a cell exports is declared like anything else.
    const declaration = child(statement, "declaration");
    if (!statement.type.startsWith("Export") || !declaration) return statement;
    edits.replace(statement.start, declaration.start, "");
    return declaration;
  });
  for (const statement of statements) {
    rewriteStatement(statement, edits, names, hoisted);
    replaceImports(statement, edits);
  }
  const last = statements.findLast(hasValue);
  if (last) keepValue(last, edits);
  const code = `(async ($cell) => { "use strict"; ${hoisted.join(" ")}${edits.apply()}\n})`;
  return { code, names: [...names] };
}

function rewriteStatement(
  node: Tree,
  edits: Edits,
  names: Map<string, Kind>,
  hoisted: string[],
): void {
  const id = child(node, "id");
  const name = nameOf(id);
  switch (node.type) {
    case "ImportDeclaration":
      for (const one of list(node, "specifiers")) names.set(nameOf(child(one, "local")), "const");
      return edits.replace(node.start, node.end, importCode(node, edits.source));
    case "ExportAllDeclaration":
      return edits.replace(node.start, node.end, importCode(node, edits.source));
    case "ExportNamedDeclaration":
      return edits.blank(node.start, node.end, ";");
    case "FunctionDeclaration":
      if (!id) return edits.insert(node.start, "void ");
      names.set(name, "var");
      edits.replace(id.start, id.end, localPrefix + name);
      hoisted.push(`${name} = $cell.named(${localPrefix}${name}, "${name}");`);
      return;
    case "ClassDeclaration":
      if (!id) return edits.insert(node.start, "void ");
      names.set(name, "let");
      edits.insert(node.start, `;${name} = `);
      return edits.insert(node.end, ";");
    case "VariableDeclaration": {
      const kind = node.kind === "const" || node.kind === "let" ? node.kind : "var";
      const bound = assignInstead(node, edits, names, kind);
      if (kind === "const") {
        edits.insert(node.end, ` $cell.fix(${bound.map((name) => `"${name}"`).join(", ")});`);
      }
      return;
    }
    default:
      nestedVars(node, edits, names);
  }
}

/** The code of an import, in as many lines. */
function importCode(node: Tree, source: string): string {
  const module = `await $cell.import(${JSON.stringify(child(node, "source")?.value)})`;
  const code: string[] = [], picked: string[] = [];
  for (const one of list(node, "specifiers")) {
    const [local, imported] = [nameOf(child(one, "local")), child(one, "imported")];
    if (one.type === "ImportNamespaceSpecifier") code.push(`${local} = ${module};`);
    else {
      const key = imported ? nameOf(imported) || JSON.stringify(imported.value) : "default";
      picked.push(`${key}: ${local}`);
    }
  }
  if (picked.length > 0) code.push(`({ ${picked.join(", ")} } = ${module});`);
  // Without names, the module is the value of the statement.
  if (code.length === 0) code.push(`$cell.result = ${module};`);
  const names = list(node, "specifiers").map((one) => `"${nameOf(child(one, "local"))}"`);
  if (names.length > 0) code.push(`$cell.fix(${names.join(", ")});`);
  return `;${code.join(" ")}${lineBreaks(source.slice(node.start, node.end))}`;
}

/** Makes assignments of the declarations in a statement, or of those at the head of a loop. */
function assignInstead(
  node: Tree,
  edits: Edits,
  names: Map<string, Kind>,
  kind: Kind,
  place: "statements" | "alone" | "for" | "of" = "statements",
): string[] {
  const declarators = list(node, "declarations");
  const bound = declarators.flatMap((one) => boundNames(child(one, "id")));
  for (const name of bound) names.set(name, kind);
  // In a list of statements, what comes before may lack its semicolon.
  edits.replace(node.start, declarators[0].start, place === "statements" ? ";" : "");
  for (const one of declarators) {
    const isPattern = child(one, "id")?.type === "ObjectPattern";
    if (isPattern && place !== "of") {
      edits.insert(one.start, "(");
      edits.insert(one.end, ")");
    }
    if (!child(one, "init") && kind === "let") edits.insert(one.end, " = undefined");
  }
  const isStatement = place === "statements" || place === "alone";
  if (isStatement && edits.source[node.end - 1] !== ";") edits.insert(node.end, ";");
  return bound;
}

/** `var` inside of blocks and loops belongs to the cell. */
function nestedVars(node: Tree, edits: Edits, names: Map<string, Kind>): void {
  if (/Function|Class|MethodDefinition|PropertyDefinition/.test(node.type)) return;
  const isOf = /^For(In|Of)Statement$/.test(node.type);
  const isList = /^(BlockStatement|SwitchCase|StaticBlock)$/.test(node.type);
  for (const inner of children(node)) {
    if (inner.type !== "VariableDeclaration" || inner.kind !== "var") {
      nestedVars(inner, edits, names);
      continue;
    }
    const isHead = inner === node.init || inner === node.left;
    const place = isHead ? isOf ? "of" : "for" : isList ? "statements" : "alone";
    assignInstead(inner, edits, names, "var", place);
    for (const one of list(inner, "declarations")) nestedVars(one, edits, names);
  }
}

/** What is imported while the code runs comes from the page as well. */
function replaceImports(node: Tree, edits: Edits): void {
  if (node.type === "ImportExpression") {
    edits.replace(node.start, node.start + "import".length, "$cell.import");
  }
  if (node.type === "MetaProperty" && nameOf(child(node, "meta")) === "import") {
    throw new SyntaxError("Cannot use 'import.meta' outside a module");
  }
  for (const inner of children(node)) replaceImports(inner, edits);
}

/** Whether a statement counts for the value of the cell. */
function hasValue(node: Tree): boolean {
  if (node.type === "BlockStatement") return list(node, "body").some(hasValue);
  if (node.type === "LabeledStatement") return hasValue(child(node, "body")!);
  if (/^(Import|ExportAll)Declaration$/.test(node.type)) {
    return list(node, "specifiers").length === 0;
  }
  return !/Declaration$|^EmptyStatement$/.test(node.type) || isExpression(node);
}

/** `export default 3` is an expression, once the words before it are gone. */
function isExpression(node: Tree): boolean {
  return !/Statement$|Declaration$/.test(node.type);
}

/** Statements whose value is undefined before there is another. */
const startsAnew = /^(If|For|ForIn|ForOf|While|DoWhile|Switch|Try)Statement$/;

/** Keeps the values of expressions, wherever in the statement they are. */
function keepValue(node: Tree, edits: Edits, isInside = false): void {
  const keep = (expression: Tree) => {
    edits.insert(expression.start, "$cell.result = (");
    edits.insert(expression.end, ")");
  };
  if (node.type === "ExpressionStatement") return keep(child(node, "expression")!);
  if (isExpression(node) && !/^(SwitchCase|CatchClause)$/.test(node.type)) return keep(node);
  if (/Function|Class|Declaration$/.test(node.type)) return;
  if (isInside && startsAnew.test(node.type)) {
    edits.insert(node.start, "{ $cell.result = undefined; ");
    edits.insert(node.end, " }");
  }
  const parts = ["body", "consequent", "alternate", "block", "handler", "cases"];
  for (const part of parts) {
    const found = node[part];
    const inner = Array.isArray(found) ? found.filter(isTree) : isTree(found) ? [found] : [];
    for (const one of inner) {
      if (!isOnlyAnExpression(one)) keepValue(one, edits, node.type !== "LabeledStatement");
    }
  }
}

function isOnlyAnExpression({ type }: Tree): boolean {
  return !/Statement$|Declaration$|^SwitchCase$|^CatchClause$/.test(type);
}

/** The names that a pattern binds. */
function boundNames(pattern: Tree | undefined): string[] {
  switch (pattern?.type) {
    case "Identifier":
      return [nameOf(pattern)];
    case "ObjectPattern":
      return list(pattern, "properties").flatMap((one) =>
        boundNames(child(one, one.type === "RestElement" ? "argument" : "value"))
      );
    case "ArrayPattern":
      return list(pattern, "elements").flatMap(boundNames);
    case "AssignmentPattern":
      return boundNames(child(pattern, "left"));
    case "RestElement":
      return boundNames(child(pattern, "argument"));
    default:
      return [];
  }
}
