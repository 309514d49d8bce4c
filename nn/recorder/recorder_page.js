/**
 * What runs in the page: puts the numbers of one moment into the picture. It is
 * sent to the page as text, so it must not use anything from outside of itself.
 *
 * @param {HTMLElement} root the view's own element.
 * @param {SVGElement} svg the picture of the first moment.
 * @param {any} reel the moments, and how the marks in them look.
 */
export function travel(root, svg, { strokes, fills, frames }) {
  const all = (part) => [...svg.querySelectorAll(`[data-${part}]`)];
  const [outputs, [words], [mark], [map]] = ["output", "words", "mark", "map"].map(all);
  const [lines, circles] = [".lines line", ".units circle"].map((part) => [
    ...svg.querySelectorAll(part),
  ]);
  // The inputs, which come first, have no ring that changes.
  const inputs = lines.length + circles.length - frames[0].strokes.length;
  const marks = [...lines, ...circles.slice(inputs)];
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
    marks.forEach((line, i) => {
      const [color, width] = strokes[frame.strokes[i]];
      line.setAttribute("stroke", color);
      line.setAttribute("stroke-width", width);
    });
    [...frame.fills].forEach((fill, i) => circles[i].setAttribute("fill", fills[fill]));
    outputs.forEach((output, i) => {
      output.textContent = frame.outputs[i];
    });
  };
}
