/**
 * Syntax trees as acorn makes them, and changes of the text that they were read from.
 *
 * @module
 */

/** A node of a syntax tree. */
export interface Tree {
  readonly type: string;
  /** Where its text begins. */
  readonly start: number;
  /** Where its text has ended. */
  readonly end: number;
  readonly [key: string]: unknown;
}

/** Whether something in a tree is a node. */
export function isTree(x: unknown): x is Tree {
  return typeof x === "object" && x !== null && "type" in x && "start" in x;
}

/** The node that a property holds, if it holds one. */
export function child(node: Tree, key: string): Tree | undefined {
  const found = node[key];
  return isTree(found) ? found : undefined;
}

/** The nodes of a property that holds a list. */
export function list(node: Tree, key: string): Tree[] {
  const found = node[key];
  return Array.isArray(found) ? found.filter(isTree) : [];
}

/** The nodes right below a node. */
export function children(node: Tree): Tree[] {
  return Object.values(node).flat().filter(isTree);
}

/** The name of an identifier; of other nodes "". */
export function nameOf(node: Tree | undefined): string {
  return node?.type === "Identifier" && typeof node.name === "string" ? node.name : "";
}

/** The line breaks of a text, and nothing else of it. */
export function lineBreaks(text: string): string {
  return text.replace(/[^\n]/g, "");
}

/** Changes of a text, made all at once. What lies inside of an earlier change is dropped. */
export class Edits {
  readonly source: string;
  readonly #edits: [start: number, end: number, text: string][] = [];

  /** No changes yet. */
  constructor(source: string) {
    this.source = source;
  }

  /** Puts a text in the place of what is between two places. */
  replace(start: number, end: number, text: string): void {
    this.#edits.push([start, end, text]);
  }

  /** Puts a text between; of two at the same place, the later one comes second. */
  insert(at: number, text: string): void {
    this.replace(at, at, text);
  }

  /** Puts blanks in the place of a text; lines stay lines. It may begin with a sign. */
  blank(start: number, end: number, sign = ""): void {
    if (end <= start) return;
    const rest = this.source.slice(start + sign.length, end);
    this.replace(start, end, sign + rest.replace(/[^\n]/g, " "));
  }

  /** The text with all changes. */
  apply(): string {
    let out = "", at = 0;
    // What is put between comes before what takes the place of the text that follows.
    const isLong = ([start, end]: readonly [number, number, string]) => Number(end > start);
    const inOrder = this.#edits.toSorted((a, b) => a[0] - b[0] || isLong(a) - isLong(b));
    for (const [start, end, text] of inOrder) {
      if (start < at) continue;
      out += this.source.slice(at, start) + text;
      at = end;
    }
    return out + this.source.slice(at);
  }
}
