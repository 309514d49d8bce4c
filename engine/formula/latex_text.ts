/**
 * Names as LaTeX, whatever characters they have: what KaTeX and MathJax set.
 *
 * @module
 */
import { printable } from "../show/text.ts";

const greek = "αβγδεϵζηθϑικλμµνξπρϱςστυφϕχψωΓΔΘΛΞΠΣΥΦΨΩ";
const greekNames =
  ("alpha beta gamma delta varepsilon epsilon zeta eta theta vartheta iota kappa lambda mu mu nu xi " +
    "pi rho varrho varsigma sigma tau upsilon varphi phi chi psi omega " +
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega").split(" ");

/** A Latin or a Greek letter as a symbol; null for anything else. */
export function latexLetter(x: string): string | null {
  if (/^[A-Za-z]$/.test(x)) return x;
  return x.length === 1 && greek.includes(x) ? `\\${greekNames[greek.indexOf(x)]}` : null;
}

const accents: Readonly<Record<string, string>> = {
  "\u0302": "hat",
  "\u0303": "tilde",
  "\u0304": "bar",
  "\u0307": "dot",
  "\u0308": "ddot",
  "\u20d7": "vec",
};

const special: Readonly<Record<string, string>> = {
  "\\": "\\backslash ",
  "~": "\\sim ",
  "^": "\\wedge ",
};

const high = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻′", low = "₀₁₂₃₄₅₆₇₈₉₊₋", plain = "0123456789+-";

/** What a text falls into: small digits, a letter with an accent, a letter of Greek, a sign, words. */
const pieces = new RegExp(
  `([${high}]+)|([${low}]+)|([A-Za-z${greek}][${Object.keys(accents).join("")}])|([${greek}])|` +
    "([\\\\~^])|([\u00b7\u00d7\u203c\u2100-\u2bff\u27c0-\u2aff])|([^])",
  "gu",
);

/**
 * A text upright, with its Greek letters, its small digits and its signs as
 * symbols; marks that no letter carries are left out.
 */
export function latexText(text: string): string {
  let words = "", latex = "", scripts = "";
  const symbol = (tex: string) => {
    if (words !== "") latex += `\\text{${words}}`;
    words = "";
    scripts = "";
    latex += tex;
  };
  const script = (kind: "^" | "_", tex: string) => {
    // What has one script of a kind takes no second.
    const before = words === "" ? scripts : "";
    symbol(`${before.includes(kind) ? "{}" : ""}${kind}{${tex}}`);
    scripts = before + kind;
  };
  for (
    const match of printable(text.replace(/[\u2066-\u2069]/g, "")).normalize("NFC").matchAll(pieces)
  ) {
    const [piece, above, below, accented, letter, sign, operator] = match;
    if (above) script("^", digits(above, high));
    else if (below) script("_", digits(below, low));
    else if (accented) symbol(`\\${accents[accented[1]]}{${latexLetter(accented[0])}}`);
    else if (letter) symbol(`${latexLetter(letter)} `);
    else if (sign) symbol(special[sign]);
    else if (operator) symbol(operator);
    else words += wordOf(piece);
  }
  symbol("");
  // In braces, because an exponent may follow.
  return /[\^_]\{/.test(latex.replace(/\\text\{(?:\\.|[^}])*\}/g, "")) ? `{${latex}}` : latex;
}

function digits(small: string, from: string): string {
  return [...small].map((digit) => plain[from.indexOf(digit)] ?? "\\prime ").join("");
}

function wordOf(c: string): string {
  if (/[#$%&_{}]/.test(c)) return `\\${c}`;
  // What turns a line, and marks that KaTeX sets on its own letters only.
  if (/[\u0300-\u036f\u200e\u200f\u061c]/.test(c)) return "";
  if (/\p{Co}/u.test(c)) return "\ufffd";
  return /\s/.test(c) ? " " : c;
}
