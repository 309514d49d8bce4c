import { colors, wordColors } from "../../show/colors.ts";
import type { MimeBundle } from "../../show/jupyter.ts";
import { escape } from "../../show/text.ts";
import { type Line, listing } from "./listing.ts";
import type { ListingNames } from "./listing_names.ts";
import type { Plan } from "../plan/plan.ts";

const [parameter, gradient, input] = wordColors;
/** The colours of words, by what they are. */
const kinds = { parameter, gradient, input, remark: colors.line } as const;

const legend = [
  ["input", "numbers of the example"],
  ["parameter", "parameters"],
  ["gradient", "gradients"],
] as const;

/** How many lines are shown; what is beyond is counted. */
const limit = 200;

/** A name with its index, of which the derivative sign makes a gradient. */
const word = /∂?\p{L}[\p{L}\p{N}_′']*(?:\[[^\[\]]*\])?/gu;

/** A program as a notebook shows it. */
export function renderListing(plan: Plan, title: string): MimeBundle {
  const { lines, names } = listing(plan);
  const more = lines.length > limit ? [`… ${lines.length - limit} more lines`] : [];
  const shown = lines.slice(0, limit);
  const html = [
    `<div style="background:${colors.paper};color:${colors.ink};border-radius:6px;padding:6px 8px;` +
    `font-family:var(--jp-code-font-family,monospace);font-size:13px;line-height:1.45">`,
    `<div>${escape(title)} · ${legend.map(([kind, text]) => span(kind, text)).join(", ")}</div>`,
    `<pre tabindex="0" style="background:none;color:inherit;overflow-x:auto;margin:6px 0">${
      [...shown.map((line) => coloured(line, names)), ...more].join("\n")
    }</pre></div>`,
  ].join("\n");
  return { "text/html": html, "text/plain": [title, ...shown.map(plain), ...more].join("\n") };
}

/** A line in plain characters. */
function plain({ level, text, note }: Line): string {
  return "  ".repeat(level) + text + (note && `    // ${note}`);
}

function coloured({ level, text, note }: Line, names: ListingNames): string {
  const indent = "  ".repeat(level);
  if (level === 0) return `<b>${escape(text)}</b>`;
  let html = "", end = 0;
  for (const { 0: found, index } of text.matchAll(word)) {
    const kind = kindOf(found, names);
    html += escape(text.slice(end, index)) + (kind ? span(kind, found) : escape(found));
    end = index + found.length;
  }
  return indent + html + escape(text.slice(end)) + (note && `    ${span("remark", `// ${note}`)}`);
}

function kindOf(
  found: string,
  { inputs, parameters }: ListingNames,
): keyof typeof kinds | null {
  if (found.startsWith("∂")) return "gradient";
  const [name] = found.split("[");
  return inputs.has(name) ? "input" : parameters.has(name) ? "parameter" : null;
}

function span(kind: keyof typeof kinds, text: string): string {
  return `<span style="color:${kinds[kind]}">${escape(text)}</span>`;
}
