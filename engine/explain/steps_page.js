/**
 * What runs in the page: shows one step after the other. It is sent to the page
 * as text, so it must not use anything from outside of itself.
 *
 * @param {HTMLElement} root the player's own element.
 * @param {any} reel the numbers of the nodes, since which step they are known, and the steps.
 * @param {() => Element} put makes the picture of the first step part of the page.
 * @param {(at: number) => string} textOf gives what is said at a step, as HTML.
 */
export function play(root, { data, since, frames }, put, textOf) {
  const svg = put();
  const view = svg.parentElement;
  const nodes = data.map((_, i) => svg.querySelector(`[data-node="${i}"]`));
  const edges = [...svg.querySelectorAll("[data-edge]")];
  const slopes = [...svg.querySelectorAll("[data-slope]")];
  const rows = nodes.map((node) => [...node.querySelectorAll("text")].slice(-2));
  const hasNumbers = nodes.map((_, i) =>
    rows[i].length === 2 && /^data /.test(rows[i][0].textContent)
  );

  // Where the picture is wider than the page, it scrolls to what moves.
  function follow() {
    const moving = [...svg.querySelectorAll(".turn, .lit")];
    if (moving.length === 0 || view.scrollWidth <= view.clientWidth) return;
    const boxes = moving.map((one) => one.getBoundingClientRect());
    let left = Math.min(...boxes.map((box) => box.left));
    let right = Math.max(...boxes.map((box) => box.right));
    // What does not fit beside its operands is shown itself.
    if (right - left > view.clientWidth) {
      ({ left, right } = svg.querySelector(".turn").getBoundingClientRect());
    }
    const middle = (left + right) / 2 - view.getBoundingClientRect().left;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    view.scrollBy({ left: middle - view.clientWidth / 2, behavior: calm ? "auto" : "smooth" });
  }

  return (at) => {
    const frame = frames[at];
    root.querySelector(".say").innerHTML = textOf(at);
    nodes.forEach((node, i) => {
      node.classList.toggle("turn", i === frame.node);
      node.classList.toggle("unknown", at < since[i]);
      if (!hasNumbers[i]) return;
      const [number, grad] = rows[i];
      number.textContent = at < since[i] ? "data ?" : data[i];
      grad.textContent = frame.grad[i];
      grad.classList.toggle("changed", frame.grad[i] !== frames[Math.max(0, at - 1)].grad[i]);
    });
    edges.forEach((edge, i) => edge.classList.toggle("lit", frame.edges.includes(i)));
    slopes.forEach((slope) => {
      const { slope: edge, of: result } = slope.dataset;
      slope.classList.toggle("used", frame.edges.includes(Number(edge)));
      slope.style.visibility = at < since[result] ? "hidden" : "visible";
    });
    follow();
  };
}
