/**
 * What runs in the page: shows what there is at the sliders' stops. It is sent
 * to the page as text, so it must not use anything from outside of itself.
 *
 * @param {HTMLElement} root the display's own element.
 * @param {number[]} counts how many stops each slider has.
 * @param {(html: string) => Element} put shows HTML.
 * @param {(place: number) => string} textOf gives what is shown at a stop of all sliders together.
 */
export function choose(root, counts, put, textOf) {
  const view = root.querySelector(":scope > .view");
  view.setAttribute("aria-live", "polite");
  let shown;
  let tallest = 0;
  return (...stops) => {
    const html = textOf(stops.reduce((place, stop, k) => place * counts[k] + stop, 0));
    if (html === shown) return;
    put(shown = html);
    // What stands below must not jump.
    tallest = Math.max(tallest, view.offsetHeight);
    view.style.minHeight = `${tallest}px`;
  };
}
