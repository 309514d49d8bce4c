/**
 * The colours of all pictures. A picture lies on paper of its own, because no colour has a contrast
 * of 4.5 to 1, as words need it, to a white page and to a dark one, and a picture cannot know which
 * it is on: the theme of JupyterLab is not the system's.
 *
 * @module
 */

/** Colours on paper; words may be in ink, in the colour of lines or in those for words. */
export const colors = {
  line: "#636c76",
  ink: "#1f2328",
  paper: "#ffffff",
  input: "#ffe8c2",
  result: "#d6e8ff",
  constant: "#e6e8eb",
  part: "#e4daf7",
  positive: "#2f7fd8",
  negative: "#e0663a",
} as const;

/** The colours of classes; with more of them, they start anew. */
export const categories = [
  colors.positive,
  colors.negative,
  "#2a9d6f",
  "#a55fd0",
  "#c99a1b",
  colors.line,
  "#d1548f",
  "#2aa5b8",
  "#7a9a2e",
  "#8a6244",
] as const;

/** The first colours of classes, dark enough for words. */
export const wordColors = ["#2672c8", "#c24f22", "#1f8257"] as const;

/** What stands for 0. */
export const pale = "#f1f1f1";

/** A colour between two, `t` from 0 to 1; all written `#rrggbb`. */
export function mix(from: string, to: string, t: number): string {
  const part = (color: string, i: number) => Number.parseInt(color.slice(i, i + 2), 16);
  return "#" + [1, 3, 5].map((i) => {
    const byte = Math.round(part(from, i) + t * (part(to, i) - part(from, i)));
    return byte.toString(16).padStart(2, "0");
  }).join("");
}

/** Colours from that of numbers below 0, by way of pale for 0 itself, to that of numbers above. */
export interface Diverging {
  /** The colours from −1 to 1, an odd number of them. */
  readonly palette: readonly string[];
  /** The place in the palette of a number; those beyond −1 and 1 have the last place. */
  shade(t: number): number;
}

/** Diverging colours: orange below 0, blue above; `strongest` from 0 to 1 is how full they get. */
export function diverging(strongest: number): Diverging {
  const half = 32;
  const palette = Array.from({ length: 2 * half + 1 }, (_, i) => {
    const t = i / half - 1;
    return mix(pale, t < 0 ? colors.negative : colors.positive, strongest * Math.abs(t));
  });
  const shade = (t: number) => Math.round(half * (1 + Math.max(-1, Math.min(1, t))));
  return { palette, shade };
}

/** The shapes of some classes, for eyes that do not tell the colours apart. */
export function classShapes(count: number): string[] {
  const shapes = ["circle", "triangle-up", "square", "cross", "diamond", "triangle-down"];
  const order = count === 2 ? ["triangle-up", "circle"] : shapes;
  return Array.from({ length: count }, (_, k) => order[k % order.length]);
}

/** The colours of some classes: of two those of below and above 0, as a single output has them. */
export function classColors(count: number): string[] {
  if (count === 2) return [colors.negative, colors.positive];
  return Array.from({ length: count }, (_, k) => categories[k % categories.length]);
}
