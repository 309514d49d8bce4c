/**
 * What runs in the page: shows what there is at the sliders' stops, and lets a
 * hand move a slider by what is marked with its name in the picture. It is sent
 * to the page as text, so it must not use anything from outside of itself.
 *
 * @param {HTMLElement} root the display's own element.
 * @param {{ name: string, count: number }[]} controls the sliders, with how many stops each has.
 * @param {(html: string) => Element} put shows HTML.
 * @param {(place: number) => string} textOf gives what is shown at a stop of all sliders together.
 */
export function choose(root, controls, put, textOf) {
  const view = root.querySelector(":scope > .view");
  const sliders = root.querySelectorAll(":scope > .bar :is(input, select)");
  view.setAttribute("aria-live", "polite");
  let at, shown, held;
  let tallest = 0;

  function draw(...stops) {
    at = stops;
    const html = textOf(stops.reduce((place, stop, k) => place * controls[k].count + stop, 0));
    if (html === shown) return;
    put(shown = html);
    // What stands below must not jump.
    tallest = Math.max(tallest, view.offsetHeight);
    view.style.minHeight = `${tallest}px`;
  }

  /** The middles of a slider's handles: elements of its name, or the marks of a chart's layer. */
  function handles({ name }) {
    const layer = CSS.escape(`${name.replace(/\W/g, "_")}_marks`);
    return [...view.querySelectorAll(`[data-control="${CSS.escape(name)}"], .${layer} > *`)]
      .map((handle) => handle.getBoundingClientRect())
      .filter(({ width }) => width > 0)
      .map(({ left, top, width, height }) => [left + width / 2, top + height / 2]);
  }

  const far = ([x, y], { clientX, clientY }) => Math.hypot(x - clientX, y - clientY);
  const nearest = (all, pointer) =>
    all.reduce((best, one) => far(one.place, pointer) < far(best.place, pointer) ? one : best);

  function handleAt(pointer) {
    const all = controls.flatMap((control, k) =>
      handles(control).map((place, i) => ({ k, i, place }))
    );
    const handle = all.length > 0 && nearest(all, pointer);
    return handle && far(handle.place, pointer) <= 24 ? handle : undefined;
  }

  /** Where a handle is at each stop of its slider. */
  function stopsOf({ k, i }) {
    const before = at;
    const stops = Array.from({ length: controls[k].count }, (_, stop) => {
      draw(...before.with(k, stop));
      return { stop, place: handles(controls[k])[i] };
    });
    draw(...before);
    return stops.filter(({ place }) => place);
  }

  // A finger that holds a handle does not scroll.
  view.addEventListener("touchstart", (event) => {
    if (handleAt(event.touches[0])) event.preventDefault();
  }, { passive: false });
  view.addEventListener("pointerdown", (event) => {
    held = event.button === 0 ? handleAt(event) : undefined;
    if (!held) return;
    event.preventDefault();
    view.setPointerCapture(event.pointerId);
    sliders[held.k].focus({ preventScroll: true });
  });
  view.addEventListener("pointermove", (event) => {
    view.style.cursor = held ? "grabbing" : handleAt(event) ? "grab" : "";
    if (!held) return;
    // Not before it moves: what a finger has touched must still be there to take the event.
    held.stops ??= stopsOf(held);
    const { stop } = nearest(held.stops, event);
    if (stop === at[held.k]) return;
    sliders[held.k].value = stop;
    sliders[held.k].dispatchEvent(new Event("input"));
  });
  for (const end of ["pointerup", "pointercancel"]) {
    view.addEventListener(end, () => held = undefined);
  }
  return draw;
}
