/**
 * What runs in the page: puts the numbers of one moment into the picture. It is
 * sent to the page as text, so it must not use anything from outside of itself.
 *
 * @param {HTMLElement} root the view's own element.
 * @param {SVGElement} svg the picture of the first moment.
 * @param {any} reel the moments, and how the marks in them look.
 */
export function travel(root, svg, { lines, fills, frames }) {
  const all = (part) => [...svg.querySelectorAll(`[data-${part}]`)];
  const [weights, units, outputs] = ["weight", "unit", "output"].map(all);
  const [[words], [mark], [map]] = ["words", "mark", "map"].map(all);
  return (at) => {
    const frame = frames[at];
    words.textContent = frame.words;
    root.querySelector("input").setAttribute("aria-valuetext", frame.words);
    mark.setAttribute("visibility", frame.mark ? "visible" : "hidden");
    if (frame.mark) {
      mark.setAttribute("cx", frame.mark[0]);
      mark.setAttribute("cy", frame.mark[1]);
    }
    if (map) map.setAttribute("href", `data:image/png;base64,${frame.map}`);
    weights.forEach((weight, i) => {
      const [color, width] = lines[frame.weights[i]];
      weight.setAttribute("stroke", color);
      weight.setAttribute("stroke-width", width);
    });
    units.forEach((unit, i) => unit.setAttribute("fill", fills[frame.units[i]]));
    outputs.forEach((output, i) => {
      output.textContent = frame.outputs[i];
    });
  };
}
