/**
 * What runs in the page: puts the numbers of one moment into the picture. It is
 * sent to the page as text, so it must not use anything from outside of itself.
 *
 * @param {HTMLElement} root the view's own element.
 * @param {any} reel the moments, and how the lines and circles in them look.
 * @param {() => Element} put makes the picture of the first moment part of the page.
 */
export function travel(root, { strokes, fills, frames }, put) {
  const svg = put();
  const all = (part) => [...svg.querySelectorAll(part)];
  const [words] = all("[data-words]");
  const [mark] = all("[data-mark]");
  const [image] = all(".map_marks image");
  const [border] = all(".border_marks path");
  const rings = all(".ring_marks path");
  const lines = all(".lines line");
  const circles = all(".units circle");
  const outputs = all("[data-output]");
  // The inputs, which come first, have no ring that changes.
  const inputs = lines.length + circles.length - frames[0].strokes.length;
  const stroked = [...lines, ...circles.slice(inputs)];
  const set = (element, attributes) => {
    for (const name in attributes) element.setAttribute(name, attributes[name]);
  };
  return (at) => {
    const frame = frames[at];
    words.textContent = frame.words;
    root.querySelector("input").setAttribute("aria-valuetext", frame.words);
    const [cx, cy] = frame.mark ?? [0, 0];
    set(mark, { cx, cy, visibility: frame.mark ? "visible" : "hidden" });
    if (image) {
      image.href.baseVal = frame.map;
      set(border, { d: frame.border });
      rings.forEach((ring, i) => set(ring, { opacity: frame.wrong[i] }));
    }
    stroked.forEach((element, i) => {
      const [stroke, width] = strokes[frame.strokes[i]];
      set(element, { stroke, "stroke-width": width });
    });
    [...frame.fills].forEach((fill, i) => set(circles[i], { fill: fills[fill] }));
    outputs.forEach((output, i) => {
      output.textContent = frame.outputs[i];
    });
  };
}
