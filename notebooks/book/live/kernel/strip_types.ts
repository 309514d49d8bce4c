/**
 * JavaScript from TypeScript: types become blanks, so that lines and columns stay.
 *
 * Stored cells go through here when the book is made, and a page needs none of
 * this until somebody edits. Even then it has to be small: a reader on a phone
 * has just paid for the editor. That is why types are taken out of the tree of
 * `acorn` with `@sveltejs/acorn-typescript`, which the Svelte compiler stands on
 * (about 65 KB compressed), and not by TypeScript itself (1,025 KB with
 * `ts-blank-space`) or by swc (1,363 KB). sucrase is smaller still (47 KB), but
 * it does not find mistakes, and its releases have become rare. The price is this
 * file; a test compares it with swc, which Deno uses too, over all cells and all
 * files of the project.
 *
 * @module
 */
import { tsPlugin } from "@sveltejs/acorn-typescript";
import { Parser } from "acorn";
import { child, children, Edits, isTree, lineBreaks, list, nameOf, type Tree } from "./tree.ts";

const withTypes = tsPlugin() as unknown as (base: typeof Parser) => typeof Parser;
const TypeScript = Parser.extend(withTypes, exportsOfOtherCells);

/** A cell may export what another one has declared. */
export function exportsOfOtherCells(Base: typeof Parser): typeof Parser {
  return class extends Base {
    checkLocalExport(): void {}
  };
}

/**
 * TypeScript without its types.
 *
 * @throws {SyntaxError} if it is none; `pos` says where.
 */
export function stripTypes(source: string): string {
  const tree: unknown = TypeScript.parse(source, {
    ecmaVersion: "latest",
    sourceType: "module",
    locations: true, // the plugin needs them
  });
  if (!isTree(tree)) throw new TypeError("stripTypes: the parser gave no tree");
  const edits = new Edits(source);
  strip(tree, edits);
  return edits.apply();
}

const noCode = new Set([
  ...["TSTypeAnnotation", "TSTypeParameterDeclaration", "TSTypeParameterInstantiation"],
]);

const statementsOfTypes = new Set([
  ...["TSInterfaceDeclaration", "TSTypeAliasDeclaration", "TSDeclareFunction", "TSDeclareMethod"],
  ...["TSIndexSignature", "TSAbstractMethodDefinition", "TSAbstractPropertyDefinition"],
  "TSAbstractClassProperty",
]);

function strip(node: Tree, edits: Edits): void {
  const { source } = edits;
  const go = (...nodes: (Tree | undefined)[]) => {
    for (const inner of nodes) if (inner) strip(inner, edits);
  };
  if (noCode.has(node.type)) return edits.blank(node.start, node.end);
  // A semicolon, lest what comes before goes on with what comes after.
  if (statementsOfTypes.has(node.type)) return edits.blank(node.start, node.end, ";");
  if (node.declare) return edits.blank(node.start, node.end, ";");
  switch (node.type) {
    case "TSImportEqualsDeclaration":
    case "TSExportAssignment":
      throw mistake("import = and export = are not supported", node);
    case "TSModuleDeclaration":
      return stripNamespace(node, edits);
    case "TSEnumDeclaration":
      return stripEnum(node, edits);
    case "TSAsExpression":
    case "TSSatisfiesExpression": {
      go(child(node, "expression"));
      const type = child(node, "typeAnnotation")?.start ?? node.end;
      const from = source.slice(0, type).search(/\b(as|satisfies)\s*$/);
      const opensCall = /^[^\S\n]*\n\s*[(\[`]/.test(source.slice(node.end));
      return edits.blank(from, node.end, opensCall ? ";" : "");
    }
    case "TSNonNullExpression":
      go(child(node, "expression"));
      return edits.blank(node.end - 1, node.end);
    case "TSTypeAssertion": {
      const expression = child(node, "expression");
      edits.blank(node.start, expression?.start ?? node.start);
      return go(expression);
    }
    case "ImportDeclaration":
    case "ExportNamedDeclaration": {
      const kind = node.importKind ?? node.exportKind;
      const declaration = child(node, "declaration");
      if (kind === "type" || (declaration && isType(declaration))) {
        return edits.blank(node.start, node.end, ";");
      }
      for (const one of list(node, "specifiers")) {
        if ((one.importKind ?? one.exportKind) !== "type") continue;
        const comma = source.slice(one.end).match(/^\s*,/)?.[0].length ?? 0;
        edits.blank(one.start, one.end + comma);
      }
      return go(declaration);
    }
    case "ClassDeclaration":
    case "ClassExpression":
      return stripClass(node, edits);
    case "VariableDeclarator":
      if (node.definite) blankSign("!", child(node, "id"), edits);
      break;
    case "PropertyDefinition":
    case "MethodDefinition":
    case "AccessorProperty":
      if (stripMember(node, edits)) return;
      break;
    case "TSParameterProperty": {
      const parameter = child(node, "parameter");
      const named = parameter?.type === "AssignmentPattern" ? child(parameter, "left") : parameter;
      blankWords(node.start, named?.start ?? node.start, edits);
      return go(parameter);
    }
    case "ArrowFunctionExpression":
      keepArrowOnItsLine(node, edits);
      break;
  }
  if (node.optional && /Identifier|Pattern$/.test(node.type)) blankSign("?", node, edits);
  stripThis(node, edits);
  go(
    ...children(node).filter((inner) => !(inner.type === "Identifier" && nameOf(inner) === "this")),
  );
}

function isType({ type, declare }: Tree): boolean {
  return statementsOfTypes.has(type) || Boolean(declare);
}

/** `this` as the first parameter is a type and no more. */
function stripThis(node: Tree, edits: Edits): void {
  const [first, second] = list(node, "params");
  if (nameOf(first) === "this") edits.blank(first.start, second?.start ?? first.end);
}

/** Blanks the sign between a name or pattern and its type. */
function blankSign(sign: string, node: Tree | undefined, edits: Edits): void {
  if (!node) return;
  const type = child(node, "typeAnnotation");
  const at = type
    ? edits.source.lastIndexOf(sign, type.start)
    : edits.source.indexOf(sign, node.start + (nameOf(node).length || node.end - node.start - 1));
  if (at >= node.start) edits.blank(at, at + 1);
}

const words = /\b(public|private|protected|readonly|override|abstract|declare)\b/g;

function blankWords(start: number, end: number, edits: Edits, sign = ""): void {
  for (const { 0: word, index } of edits.source.slice(start, end).matchAll(words)) {
    const at = start + index;
    // What stood before must not go on with a name in brackets or a generator's star.
    edits.blank(at, at + word.length, at === start ? sign : "");
  }
}

function stripClass(node: Tree, edits: Edits): void {
  const body = child(node, "body");
  const [id, parent] = [child(node, "id"), child(node, "superClass")];
  if (!body) return;
  const head = edits.source.slice(node.start, body.start);
  const name = node.start + head.search(/\bclass\b/);
  blankWords(node.start, name, edits);
  const types = ["typeParameters", "superTypeParameters"].map((key) => child(node, key));
  if (list(node, "implements").length > 0) {
    const ends = [...types, parent, id].map((one) => one?.end ?? name);
    edits.blank(edits.source.indexOf("implements", Math.max(...ends)), body.start);
  }
  declareParameterProperties(body, edits);
  for (const inner of [...types, parent, body, ...list(node, "decorators")]) {
    if (inner) strip(inner, edits);
  }
}

/** Strips the words and signs of a member of a class; true where that was all of it. */
function stripMember(node: Tree, edits: Edits): boolean {
  const [key, value] = [child(node, "key"), child(node, "value")];
  const hasNoCode = node.abstract || (node.type === "MethodDefinition" && !child(value!, "body"));
  if (!key || hasNoCode) {
    edits.blank(node.start, node.end, ";");
    return true;
  }
  const name = node.computed ? edits.source.indexOf("[", node.start) : key.start;
  blankWords(node.start, name, edits, ";");
  const sign = node.optional ? "?" : node.definite ? "!" : "";
  if (sign) {
    const at = edits.source.indexOf(sign, key.end);
    edits.blank(at, at + 1);
  }
  return false;
}

/** `constructor(readonly x: T)` declares a property, and sets it after `super()`. */
function declareParameterProperties(body: Tree, edits: Edits): void {
  for (const member of list(body, "body")) {
    const constructor = child(member, "value");
    if (member.kind !== "constructor" || !constructor) continue;
    const names = list(constructor, "params").filter(({ type }) => type === "TSParameterProperty")
      .map((one) => child(one, "parameter")).map((one) =>
        nameOf(one?.type === "AssignmentPattern" ? child(one, "left") : one)
      );
    const block = child(constructor, "body");
    if (names.length === 0 || !block) continue;
    edits.insert(body.start + 1, names.map((name) => ` ${name};`).join(""));
    const superCall = list(block, "body").find((statement) => {
      const call = child(statement, "expression");
      return call && child(call, "callee")?.type === "Super";
    });
    const at = superCall?.end ?? block.start + 1;
    edits.insert(at, names.map((name) => `; this.${name} = ${name}`).join(""));
  }
}

/** No line may break before `=>`: breaks inside of types move behind it. */
function keepArrowOnItsLine(node: Tree, edits: Edits): void {
  const { source } = edits;
  const move = (type: Tree | undefined, sign: string) => {
    const lines = type ? lineBreaks(source.slice(type.start, type.end)) : "";
    if (!type || lines === "") return;
    edits.replace(type.start, type.end, " ");
    edits.insert(source.indexOf(sign, type.end) + sign.length, lines);
  };
  move(child(node, "typeParameters"), "(");
  move(child(node, "returnType"), "=>");
}

/** An enumeration is an object; in it, members know those before them by name. */
function stripEnum(node: Tree, edits: Edits): void {
  const name = nameOf(child(node, "id"));
  const body = isTree(node.body) ? node.body : node;
  const members = list(body, "members").map((member) => {
    const id = child(member, "id");
    const key = nameOf(id) || String(id?.value);
    const initializer = child(member, "initializer");
    if (initializer) strip(initializer, edits);
    const value = initializer ? edits.source.slice(initializer.start, initializer.end) : "$n + 1";
    const known = nameOf(id) && !reserved.test(key) ? `const ${key} = ` : "";
    const at = JSON.stringify(key);
    return `${known}$e[${at}] = $n = (${value}); if (typeof $n === "number") $e[$n] = ${at};`;
  });
  edits.replace(
    node.start,
    node.end,
    `var ${name} = (($e) => { let $n = -1; ${members.join(" ")} return $e; })(${name} ?? {});` +
      lineBreaks(edits.source.slice(node.start, node.end)),
  );
}

const reserved =
  /^(break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|import|in|instanceof|new|null|return|super|switch|this|throw|true|try|typeof|var|void|while|with|let|static|yield|await|implements|interface|package|private|protected|public|NaN|Infinity|undefined)$/;

/** A namespace is a function that fills an object with what it exports. */
function stripNamespace(node: Tree, edits: Edits): void {
  const name = nameOf(child(node, "id"));
  const block = child(node, "body");
  if (!name || block?.type !== "TSModuleBlock") throw mistake("only namespaces with a name", node);
  const statements = list(block, "body");
  if (statements.every((one) => isType(child(one, "declaration") ?? one))) {
    return edits.blank(node.start, node.end, ";");
  }
  const before = lineBreaks(edits.source.slice(node.start, block.start));
  edits.replace(node.start, block.start, `var ${name} = ${name} ?? {}; (() =>${before} `);
  for (const statement of statements) {
    const declaration = child(statement, "declaration");
    if (declaration && isType(declaration)) edits.blank(statement.start, statement.end);
    else strip(declaration ?? statement, edits);
    if (!declaration || isType(declaration)) continue;
    edits.replace(statement.start, declaration.start, "");
    const names = declaration.type === "VariableDeclaration"
      ? list(declaration, "declarations").map((one) => nameOf(child(one, "id")))
      : [nameOf(child(declaration, "id"))];
    edits.insert(statement.end, names.map((one) => `; ${name}.${one} = ${one};`).join(""));
  }
  edits.insert(block.end, ")();");
}

/** An error as the parser throws them, with its place. */
function mistake(message: string, { start }: Tree): SyntaxError {
  return Object.assign(new SyntaxError(message), { pos: start });
}
