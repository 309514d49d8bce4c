/**
 * What runs in the page: a slider, buttons and keys for frames that are shown
 * one at a time. It is sent to the page as text, so it must not use anything
 * from outside of itself.
 *
 * @template Frame
 * @param {HTMLScriptElement} script the element that runs it, inside the film's own element.
 * @param {(root: HTMLElement, svg: SVGElement, reel: unknown) => (at: number) => void} start
 * gets the picture, now part of the page, and the data; returns what shows a frame.
 * @param {number} pace how long a frame stays when it plays, in milliseconds.
 * @param {string} bar the slider and the buttons, as HTML.
 */
export function film(script, start, pace, bar) {
  const root = script.parentElement;
  const find = (selector) => root.querySelector(selector);
  find(".still").outerHTML = bar;
  const reel = JSON.parse(find('script[type="application/json"]').textContent);
  const still = find(".view img");
  const bytes = Uint8Array.from(atob(still.src.split(",")[1]), (c) => c.charCodeAt(0));
  const parsed = new DOMParser().parseFromString(new TextDecoder().decode(bytes), "image/svg+xml");
  const svg = document.importNode(parsed.documentElement, true);
  // A clip of this picture must not be mistaken for one of another film on the page.
  const own = Math.random().toString(36).slice(2);
  for (const clip of svg.querySelectorAll("clipPath")) {
    for (const user of svg.querySelectorAll(`[clip-path$="#${clip.id})"]`)) {
      user.setAttribute("clip-path", user.getAttribute("clip-path").replace(")", own + ")"));
    }
    clip.id += own;
  }
  still.replaceWith(svg);

  const draw = start(root, svg, reel);
  const slider = find("input");
  const last = Number(slider.max);
  let at = 0;
  let timer = 0;

  function show(k) {
    at = Math.max(0, Math.min(last, k));
    slider.value = at;
    find("output").textContent = `${at + 1} / ${last + 1}`;
    draw(at);
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
      if (at === last) show(0);
      find('[data-action="play"]').textContent = "pause";
      timer = setInterval(() => {
        show(at + 1);
        if (at === last || !root.isConnected) pause();
      }, pace);
    },
  };
  const keys = {
    ArrowLeft: actions.back,
    ArrowRight: actions.next,
    Home: actions.first,
    End: () => show(last),
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
  show(0);
}
