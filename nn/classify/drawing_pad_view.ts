import {
  base64,
  colors,
  document,
  drawImage,
  escape,
  imageElement,
  inkShades,
  type MimeBundle,
  mono,
  scriptNote,
  textAt,
} from "../../engine/show/mod.ts";
import type { DrawingPad } from "./drawing_pad.ts";
import { wholePercent } from "./classes.ts";
import { pad } from "./drawing_pad_page.js";

const sheet = 224;
const barWidth = 120;

/** The sheet with the answer beside it; in the page, squares to ink and bars that follow. */
export function renderDrawingPad(shown: DrawingPad): MimeBundle {
  const text = shown.toString();
  const { js, wasm } = shown.program.standalone();
  const { imageSize, pixels } = shown;
  const given = {
    imageSize,
    pixels,
    module: `data:text/javascript;base64,${base64(js)}`,
    wasm: base64(wasm),
    side: Math.floor(sheet / Math.max(...imageSize)),
  };
  const svg = draw(shown, text, given.side);
  const html = [
    `<div class="chainrule-pad" role="group" aria-label="${escape(text)}">`,
    `<style>${style}</style>`,
    scriptNote("to draw in it"),
    `<div class="view">${imageElement(svg, text)}</div>`,
    `<script>(${pad})(document.currentScript, ${JSON.stringify(given)})</script>`,
    `</div>`,
  ].join("\n");
  return { "text/html": html, "image/svg+xml": svg, "text/plain": text };
}

function draw(
  { imageSize: [width, height], pixels, probabilities }: DrawingPad,
  text: string,
  side: number,
) {
  const [left, top] = [12, 12];
  const right = left + width * side + 24;
  const rows = probabilities.map((p, k) => [
    textAt(right, top + 14 + 20 * k, String(k)),
    `<rect x="${right + 18}" y="${top + 4 + 20 * k}" width="${
      (barWidth * p).toFixed(1)
    }" height="12" fill="${colors.positive}"/>`,
    textAt(right + barWidth + 26, top + 14 + 20 * k, wholePercent(p)),
  ]);
  const bottom = Math.max(height * side, 20 * probabilities.length) + 2 * top;
  const shades = pixels.map((pixel) => Math.round((inkShades.length - 1) * pixel));
  return document(right + barWidth + 70, bottom, text, [
    drawImage([left, top], [width * side, height * side], [width, inkShades, shades]),
    `<rect x="${left}" y="${top}" width="${width * side}" height="${
      height * side
    }" fill="none" stroke="${colors.line}"/>`,
    `<g font-family="${mono}" font-size="12" fill="${colors.line}">`,
    ...rows.flat(),
    `</g>`,
  ]);
}

const style = `
.chainrule-pad { font-size: 14px; }
.chainrule-pad .view { display: flex; flex-wrap: wrap; gap: 12px 24px; }
.chainrule-pad .sheet { display: grid; width: max-content; border: 1px solid ${colors.line}; touch-action: none; }
.chainrule-pad .sheet button { border: 1px solid #8884; border-radius: 0; cursor: crosshair; margin: 0; padding: 0; }
.chainrule-pad .sheet button:focus-visible { outline: 3px solid ${colors.positive}; outline-offset: -3px; }
.chainrule-pad .answers { border-spacing: 0; font-variant-numeric: tabular-nums; }
.chainrule-pad .answers td { padding: 1px 6px; text-align: right; }
.chainrule-pad .answers td + td { min-width: ${barWidth}px; text-align: left; }
.chainrule-pad .answers span { background: ${colors.positive}; display: block; height: 12px; }
.chainrule-pad p { margin: 6px 0; }
`;
