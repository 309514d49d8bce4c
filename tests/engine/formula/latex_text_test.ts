import katex from "katex";
import fc from "fast-check";
import { assert, assertEquals } from "../../support/assert.ts";
import { formula, Value } from "../../../mod.ts";
import { latexLetter, latexText } from "../../../engine/formula/latex_text.ts";

const tex = String.raw;

/** Whether KaTeX sets it without a word. */
function isQuiet(latex: string): boolean {
  const { warn } = console;
  let warnings = 0;
  console.warn = () => warnings++;
  try {
    katex.renderToString(latex, { throwOnError: true });
  } finally {
    console.warn = warn;
  }
  return warnings === 0;
}

Deno.test("letters, Greek ones too, are symbols, and nothing else is", () => {
  assertEquals(latexLetter("x"), "x");
  assertEquals(latexLetter("θ"), tex`\theta`);
  assertEquals([..."µϵφ"].map(latexLetter), [tex`\mu`, tex`\epsilon`, tex`\varphi`]);
  for (const other of ["", "xy", "1", "é", "αβ", "я"]) assertEquals(latexLetter(other), null);
});

const names: [name: string, latex: string][] = [
  ["loss", tex`\text{loss}`],
  ["Δx", tex`\Delta \text{x}`],
  ["x₁", tex`{\text{x}_{1}}`],
  ["σ²", tex`{\sigma ^{2}}`],
  ["x⁻¹", tex`{\text{x}^{-1}}`],
  ["x̂", tex`\hat{x}`],
  ["θ̄", tex`\bar{\theta}`],
  ["∂L", tex`∂\text{L}`],
  ["α→β", tex`\alpha →\beta `],
  ["a·b", tex`\text{a}·\text{b}`],
  ["50% \\alpha_{1}", tex`\text{50\% }\backslash \text{alpha\_\{1\}}`],
  ["größe", tex`\text{größe}`],
  ["скорость", tex`\text{скорость}`],
];

for (const [name, latex] of names) {
  Deno.test(`${name} is ${latex}, which KaTeX sets without a word`, () => {
    assertEquals(latexText(name), latex);
    assert(isQuiet(latex), latex);
    assert(isQuiet(`${latex}^{2}`), "an exponent may follow");
  });
}

Deno.test("labels of single letters, with indices and without, make KaTeX warn of nothing", () => {
  for (const label of ["α", "x₁", "σ²", "θ_1", "λ2", "w_12", "Δ", "π", "µ", "ϕ", "Ω", "x′", "·"]) {
    assert(isQuiet(formula(new Value(1, { label })).latex), label);
    assert(isQuiet(formula(new Value(1, { label }).pow(2)).latex), `${label} squared`);
  }
});

Deno.test("no text makes KaTeX throw, whatever characters it has", () => {
  const set = (text: string) => {
    katex.renderToString(latexText(text) + "^{2}", {
      output: "mathml",
      strict: "ignore",
      throwOnError: true,
    });
  };
  for (let c = 0; c < 0x3000; c += c < 0x400 ? 1 : c < 0x2000 ? 64 : 7) {
    set(String.fromCharCode(c));
    set(`a${String.fromCharCode(c)}`);
  }
  fc.assert(fc.property(fc.string({ unit: "binary", minLength: 1 }), set));
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(..."\\{}^_$%#&~α²₁̂·\u0000 x") }), set));
});
