import { renderFilm } from "../show/film.ts";
import type { MimeBundle } from "../show/jupyter.ts";
import { type Slider, textOf } from "./controls.ts";
import type { Plan } from "./interact.ts";
import { choose } from "./interact_page.js";
import { alike, type Result, resultsOf, stillOf } from "./results.ts";

/** What a function returns at all stops, of which the page shows one at a time. */
export async function renderInteraction(plan: Plan, text: string): Promise<MimeBundle> {
  const { fn, sliders, maxBytes } = plan;
  const all: Result[][] = [];
  for (const stops of combinations(sliders)) {
    const values = stops.map((stop, k) => sliders[k].value(stop));
    // One after the other: what is returned may be changed by the next call.
    all.push(await runAt(fn, values, sliders));
  }
  const results = alike(all);
  const start = sliders.reduce((place, slider) => place * slider.count + slider.start, 0);
  const first = results[start];
  const at = placeOf(sliders, sliders.map((slider) => slider.value(slider.start)));
  const html = renderFilm({
    name: "interact",
    description: text,
    sliders: sliders.map(({ name, count, value, start }) => ({
      label: name,
      stops: Array.from({ length: count }, (_, stop) => textOf(value(stop))),
      start,
      isChoice: typeof value(0) === "string",
    })),
    still: first.map((result) => `<div class="part">${stillOf(result)}</div>`).join(""),
    use: `to move on from ${at}`,
    reel: sliders.map(({ name, count }) => ({ name, count })),
    texts: results.map(htmlOf),
    start: choose,
    style,
  });
  const bytes = new TextEncoder().encode(html).length;
  if (bytes > maxBytes) {
    throw new RangeError(
      `interact: what is shown must take at most ${maxBytes} bytes, got ${bytes}: ` +
        "take fewer stops or smaller pictures, or raise maxBytes",
    );
  }
  const [{ svg }] = first.length === 1 ? first : [{ svg: undefined }];
  return {
    "text/html": html,
    ...svg !== undefined && { "image/svg+xml": svg },
    "text/plain": [`${text}; at ${at}`, ...first.map((result) => result.text)].join("\n"),
  };
}

/** The stops of all sliders in all combinations, the last slider moving fastest. */
function combinations(sliders: readonly Slider[]): number[][] {
  return sliders.reduce<number[][]>(
    (all, { count }) =>
      all.flatMap((stops) => Array.from({ length: count }, (_, k) => [...stops, k])),
    [[]],
  );
}

async function runAt(
  fn: Plan["fn"],
  values: readonly (number | string)[],
  sliders: readonly Slider[],
): Promise<Result[]> {
  try {
    return await resultsOf(await Reflect.apply(fn, undefined, values));
  } catch (cause) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new Error(`interact: fn failed at ${placeOf(sliders, values)}: ${reason}`, { cause });
  }
}

/** `w = 1, b = -0.5` */
function placeOf(sliders: readonly Slider[], values: readonly (number | string)[]): string {
  return sliders.map(({ name }, k) => `${name} = ${textOf(values[k])}`).join(", ");
}

function htmlOf(results: readonly Result[]): string {
  return results.map(({ html, narrow }) =>
    narrow === undefined
      ? `<div class="part">${html}</div>`
      : `<div class="part wide">${html}</div><div class="part narrow">${narrow.html}</div>`
  ).join("");
}

const style = `
.bar { display: grid; grid-template-columns: auto minmax(90px, 420px) auto; gap: 4px 10px; justify-content: start; }
.bar label { display: contents; }
.bar select { font: inherit; justify-self: start; grid-column: 2 / -1; }
.bar output { font-variant-numeric: tabular-nums; }
.part { padding: 8px 0 2px; }
.part > pre { margin: 0; white-space: pre-wrap; }
.view { container-type: inline-size; }
@container (max-width: 480px) {
  .chainrule-interact .part.wide { display: none; }
}
@container (min-width: 480.01px) {
  .chainrule-interact .part.narrow { display: none; }
}
`;
