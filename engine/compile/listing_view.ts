import { escape } from "../svg.ts";
import type { MimeBundle } from "../jupyter.ts";
import { type Line, listing } from "./listing.ts";
import type { Plan } from "./plan.ts";

/** Colours that read on light and dark pages, by what a word is. */
const colors: Readonly<Record<string, string>> = {
  gradient: "#d9622b",
  parameter: "#2f86d8",
  input: "#2a9d6f",
  remark: "#8a8f98",
};

const legend = [
  ["input", "numbers of the example"],
  ["parameter", "parameters"],
  ["gradient", "gradients"],
] as const;

/** A program as a notebook shows it. */
export function renderListing(plan: Plan, title: string): MimeBundle {
  const lines = listing(plan);
  const html = [
    `<div style="font-family:var(--jp-code-font-family,monospace);font-size:13px;line-height:1.45">`,
    `<div>${escape(title)} · ${
      legend.map(([kind, text]) => `<span style="color:${colors[kind]}">${text}</span>`).join(", ")
    }</div>`,
    `<pre style="background:none;overflow-x:auto;margin:6px 0">${
      lines.map(coloured).join("\n")
    }</pre></div>`,
  ].join("\n");
  return { "text/html": html, "text/plain": [title, ...lines.map(plain)].join("\n") };
}

/** A line in plain characters. */
function plain({ level, text, note }: Line): string {
  return "  ".repeat(level) + text + (note && `    // ${note}`);
}

function coloured(line: Line): string {
  const span = (kind: string, text: string) => `<span style="color:${colors[kind]}">${text}</span>`;
  const text = escape(line.text)
    .replace(/∂[\p{L}₀-₉]+(?:\[[^\]]*\])?/gu, (word) => span("gradient", word))
    .replace(/(?<![∂\p{L}])p\[[^\]]*\]/gu, (word) => span("parameter", word))
    .replace(/(?<![∂\p{L}])x\[[^\]]*\]/gu, (word) => span("input", word));
  const bold = line.level === 0 ? `<b>${text}</b>` : text;
  const note = line.note && `    ${span("remark", `// ${escape(line.note)}`)}`;
  return "  ".repeat(line.level) + bold + note;
}
