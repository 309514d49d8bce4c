/**
 * What is said of code that is none. The parser only knows where it went wrong; the
 * kernel, which is swc and V8, says what should be there, and so do we.
 *
 * @module
 */

/** V8's words for mistakes for which acorn has its own. */
const words: [RegExp, string][] = [
  [/^'return' outside of function/, "Illegal return statement"],
  [/^Unsyntactic break/, "Illegal break statement"],
  [/^Unsyntactic continue/, "Illegal continue statement: no surrounding iteration statement"],
  [/^'with' in strict mode/, "Strict mode code may not include a with statement"],
  [/^Deleting local variable/, "Delete of an unqualified identifier in strict mode."],
  [/^Cannot use 'import.meta'/, "Cannot use 'import.meta' outside a module"],
  [/^'new.target' can only be used/, "new.target expression is not allowed here"],
  [/^'super' keyword outside|^super\(\) call outside/, "'super' keyword unexpected here"],
  [
    /^Cannot use keyword 'await' outside/,
    "await is only valid in async functions and the top level bodies of modules",
  ],
  [/^Complex binding patterns require/, "Missing initializer in destructuring declaration"],
];

/** The error as the kernel would word it, or with a picture of the line and the place in it. */
export function inWords(error: unknown, source: string): unknown {
  if (!(error instanceof SyntaxError)) return error;
  const message = error.message.replace(/ \(\d+:\d+\)$/, "");
  const known = words.find(([pattern]) => pattern.test(message))?.[1];
  if (known) return new SyntaxError(known);
  if (/^(Identifier '.*' has already|Invalid regular expression)/.test(message)) {
    return new SyntaxError(message);
  }
  const at = "pos" in error && typeof error.pos === "number" ? error.pos : 0;
  const token = source.slice(at).match(/^[\w$]+|^[^]/)?.[0] ?? "";
  const before = source.slice(0, at);
  if (/\bconst\s+[\w$]+\s*$/.test(before) && !/^[\w$]/.test(token)) {
    return new SyntaxError("Missing initializer in const declaration");
  }
  const lines = before.split("\n");
  const margin = " ".repeat(String(lines.length).length);
  const picture = `${margin} |\n${lines.length} | ${source.split("\n")[lines.length - 1]}\n` +
    `${margin} | ${" ".repeat(lines.at(-1)!.length)}${"~".repeat(Math.max(1, token.length))}`;
  const what = /^Unexpected token/.test(message)
    ? whatIsExpected(before.trimEnd(), token)
    : message.replace("Unterminated regular expression", "Unterminated regexp literal");
  return Object.assign(new SyntaxError(`${what}\n${picture}`), { line: lines.length });
}

/** What should be there instead of a token, as the ones before it tell. */
function whatIsExpected(before: string, token: string): string {
  const got = token.trim() || "<eof>";
  if (/\b(function|class|let|var|const)\s*\*?$|\.$/.test(before)) return "Expected ident";
  if (/\b(if|for|while|switch)$/.test(before)) return `Expected '(', got '${got}'`;
  const isComplete = /[\w$)\]"'`}]$/.test(before) &&
    !/\b(return|typeof|await|new|of|in|case|throw)$/.test(before);
  const open = openBracket(before);
  const isOpen = open !== undefined && !/[(\[,=:?]$/.test(before);
  if (got === "<eof>") {
    if (open === "{" && isOpen) return "Expected '}', got '<eof>'";
    if (!isComplete) return "Expression expected";
    return /\b(if|while|switch)\s*\([^()]*$/.test(before)
      ? "Expected ')', got '<eof>'"
      : "Expected ',', got '<eof>'";
  }
  if (!isComplete || !/^[\w$"'`({[]/.test(token)) return "Expression expected";
  if (open === "(" || open === "[" || /[(,]\s*\w+$/.test(before)) {
    return `Expected ',', got '${got}'`;
  }
  const isDeclaration = /(^|[;\n{}])\s*(let|var|const)\b[^;\n]*$/.test(before);
  return isDeclaration ? "Expected a semicolon" : "Expected ';', '}' or <eof>";
}

/** The last bracket that was opened and not closed, outside of texts and comments. */
function openBracket(code: string): string | undefined {
  const open: string[] = [];
  const texts = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/.*|\/\*[^]*?\*\//g;
  for (const sign of code.replace(texts, "")) {
    if ("([{".includes(sign)) open.push(sign);
    else if (")]}".includes(sign)) open.pop();
  }
  return open.at(-1);
}
