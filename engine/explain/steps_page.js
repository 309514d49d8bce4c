/**
 * What runs in the page: shows one step after the other. It is sent to the page
 * as text, so it must not use anything from outside of itself.
 *
 * @param {HTMLElement} root the player's own element.
 * @param {any[]} frames the steps.
 * @param {() => Element} put makes the picture of the first step part of the page.
 */
export function play(root, frames, put) {
  const svg = put();
  const nodes = frames[0].data.map((_, i) => svg.querySelector(`[data-node="${i}"]`));
  const edges = [...svg.querySelectorAll("[data-edge]")];
  const rows = nodes.map((node) => [...node.querySelectorAll("text")].slice(-2));
  const hasNumbers = nodes.map((_, i) =>
    rows[i].length === 2 && /^data /.test(rows[i][0].textContent)
  );
  return (at) => {
    const frame = frames[at];
    const title = document.createElement("b");
    title.textContent = frame.title;
    root.querySelector(".say").replaceChildren(
      title,
      ...frame.lines.map((text) => {
        const line = document.createElement("div");
        line.textContent = text;
        return line;
      }),
    );
    nodes.forEach((node, i) => {
      node.classList.toggle("turn", i === frame.node);
      node.classList.toggle("unknown", frame.data[i] === null);
      if (!hasNumbers[i]) return;
      const [data, grad] = rows[i];
      data.textContent = frame.data[i] ?? "data ?";
      grad.textContent = frame.grad[i];
      grad.classList.toggle("changed", frame.grad[i] !== frames[Math.max(0, at - 1)].grad[i]);
    });
    edges.forEach((edge, i) => edge.classList.toggle("lit", frame.edges.includes(i)));
  };
}
