/**
 * What runs in the page: puts the numbers of one moment into the picture. It is
 * sent to the page as text, so it must not use anything from outside of itself.
 *
 * @param {HTMLElement} root the view's own element.
 * @param {any} reel the moments, how the lines and circles in them look, and the inputs to choose.
 * @param {() => Element} put makes the pictures of the first moment part of the page.
 */
export function travel(root, { strokes, fills, frames, choices }, put) {
  put();
  const all = (part) => [...root.querySelectorAll(part)];
  const [words] = all("[data-words]");
  const [mark] = all("[data-mark]");
  const [image] = all(".map_marks image");
  const [border] = all(".border_marks path");
  const rings = all(".ring_marks path");
  const lines = all(".lines line");
  const circles = all(".units circle");
  const outputs = all("[data-output]");
  const [area] = all("[data-choose]");
  // The inputs, which come first, have no ring that changes.
  const inputs = lines.length + circles.length - frames[0].strokes.length;
  const stroked = [...lines, ...circles.slice(inputs)];
  const set = (element, attributes) => {
    for (const name in attributes) element.setAttribute(name, attributes[name]);
  };
  let chosen = 0, now = 0;

  function answer() {
    [...frames[now].fills[chosen] ?? ""].forEach((fill, i) =>
      set(circles[i], { fill: fills[fill] })
    );
    outputs.forEach((output, i) => {
      output.textContent = frames[now].outputs[chosen][i];
    });
  }

  function choose(next) {
    chosen = (next + choices.length) % choices.length;
    const { at, words } = choices[chosen];
    set(all("[data-target]")[0], { transform: `translate(${at})` });
    all("[data-input]")[0].textContent = words;
    answer();
  }

  area?.addEventListener("click", ({ clientX, clientY }) => {
    const { left, top, width } = area.getBoundingClientRect();
    const scale = area.width.baseVal.value / width;
    const x = area.x.baseVal.value + (clientX - left) * scale;
    const y = area.y.baseVal.value + (clientY - top) * scale;
    const far = choices.map(({ at }) => Math.hypot(at[0] - x, at[1] - y));
    choose(far.indexOf(Math.min(...far)));
  });
  root.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by || !area || event.target !== root) return;
    // The notebook around it has its own use for the arrow keys.
    event.stopPropagation();
    event.preventDefault();
    choose(chosen + by);
  });

  return (at) => {
    now = at;
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
    answer();
  };
}
