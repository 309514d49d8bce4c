/**
 * What runs in the page: shows what there is at the sliders' stops. It is sent
 * to the page as text, so it must not use anything from outside of itself.
 *
 * @param {HTMLElement} root the display's own element.
 * @param {any} reel what is shown, packed; see `pack` in `pack.ts`.
 * @param {(html: string) => Element} put shows HTML.
 */
export function choose(root, { counts, at, frames, templates, pieces }, put) {
  const view = root.querySelector(":scope > .view");
  view.setAttribute("aria-live", "polite");
  let shown = -1;
  let tallest = 0;
  return (...stops) => {
    const frame = at[stops.reduce((place, stop, k) => place * counts[k] + stop, 0)];
    if (frame === shown) return;
    shown = frame;
    const [template, ...own] = frames[frame];
    put(templates[template].map((piece) => pieces[piece < 0 ? own.shift() : piece]).join(""));
    // What stands below must not jump.
    tallest = Math.max(tallest, view.offsetHeight);
    view.style.minHeight = `${tallest}px`;
  };
}
