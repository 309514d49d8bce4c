/**
 * What runs in the page: shows one step after the other. It is sent to the page
 * as text, so it must not use anything from outside of itself.
 *
 * @param {HTMLScriptElement} script the element that runs it, inside the player's own element.
 */
export function play(script) {
  const root = script.closest(".chainrule-steps");
  const frames = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
  const find = (selector) => root.querySelector(selector);
  const still = find(".view img");
  const bytes = Uint8Array.from(atob(still.src.split(",")[1]), (c) => c.charCodeAt(0));
  const parsed = new DOMParser().parseFromString(new TextDecoder().decode(bytes), "image/svg+xml");
  const svg = document.importNode(parsed.documentElement, true);
  still.replaceWith(svg);

  const nodes = frames[0].data.map((_, i) => svg.querySelector(`[data-node="${i}"]`));
  const edges = [...svg.querySelectorAll("[data-edge]")];
  const rows = nodes.map((node) => [...node.querySelectorAll("text")].slice(-2));
  const hasNumbers = nodes.map((_, i) =>
    rows[i].length === 2 && /^data /.test(rows[i][0].textContent)
  );
  const slider = find("input");
  let at = 0;
  let timer = 0;

  function show(k) {
    const before = frames[at];
    at = Math.max(0, Math.min(frames.length - 1, k));
    const frame = frames[at];
    slider.value = at;
    find("output").textContent = `${at + 1} / ${frames.length}`;
    const title = document.createElement("b");
    title.textContent = frame.title;
    find(".say").replaceChildren(
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
      grad.classList.toggle("changed", frame.grad[i] !== before.grad[i]);
    });
    edges.forEach((edge, i) => edge.classList.toggle("lit", frame.edges.includes(i)));
  }

  function pause() {
    clearInterval(timer);
    timer = 0;
    find('[data-action="play"]').textContent = "play";
  }

  const actions = {
    first: () => show(0),
    back: () => show(at - 1),
    next: () => show(at + 1),
    play: () => {
      if (timer) return pause();
      if (at === frames.length - 1) show(0);
      find('[data-action="play"]').textContent = "pause";
      timer = setInterval(() => {
        show(at + 1);
        if (at === frames.length - 1 || !root.isConnected) pause();
      }, 1400);
    },
  };
  const keys = {
    ArrowLeft: actions.back,
    ArrowRight: actions.next,
    Home: actions.first,
    End: () => show(frames.length - 1),
  };
  root.addEventListener("click", (event) => {
    const action = event.target.closest("[data-action]")?.dataset.action;
    if (!action) return;
    if (action !== "play") pause();
    actions[action]();
  });
  slider.addEventListener("input", () => {
    pause();
    show(Number(slider.value));
  });
  // The notebook around it has its own use for the arrow keys.
  root.addEventListener("keydown", (event) => {
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    pause();
    action();
  });
  find(".bar").hidden = false;
  show(0);
}
