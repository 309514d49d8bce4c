/**
 * What runs in the page: shows the inside of one part, and opens the parts in
 * it. It is sent to the page as text, so it must not use anything from outside
 * of itself.
 *
 * @param {HTMLScriptElement} script the element that runs it, inside the view's own element.
 */
export function open(script) {
  const root = script.closest(".chainrule-fold");
  const json = root.querySelector('script[type="application/json"]').textContent;
  const { size, templates, views } = JSON.parse(json);
  const path = root.querySelector(".path");
  const place = root.querySelector(".view");

  function ways(view) {
    return view < 0 ? [] : [...ways(views[view].parent), view];
  }

  function show(view, focus) {
    const { template, texts, opens } = views[view];
    const text = String.raw({ raw: templates[template].split("\u0001") }, ...texts);
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    const svg = document.importNode(parsed, true);
    svg.setAttribute("aria-label", "inside of " + views[view].name);
    place.replaceChildren(svg);
    for (const [box, target] of opens) {
      const element = svg.querySelector(`[data-node="${box}"]`);
      element.setAttribute("aria-label", "open " + views[target].name);
      element.addEventListener("click", () => show(target, true));
      element.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        show(target, true);
      });
    }
    const steps = ways(view).map((step) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = views[step].name;
      button.disabled = step === view;
      button.addEventListener("click", () => show(step, true));
      return button;
    });
    const hint = document.createElement("span");
    hint.textContent = opens.length > 0
      ? ` · ${size.toLocaleString("en-US")} operations in all; click a violet box to open it`
      : "";
    path.replaceChildren(...steps.flatMap((step, i) => i === 0 ? [step] : [" › ", step]), hint);
    if (focus) steps.at(-2)?.focus();
  }

  show(0, false);
}
