/**
 * What runs in the page: sliders, buttons and keys for frames that are shown
 * one at a time. It is sent to the page as text, so it must not use anything
 * from outside of itself.
 *
 * @template Reel
 * @param {HTMLScriptElement} script the element that runs it, inside the film's own element.
 * @param {(root: HTMLElement, reel: Reel, put: (html?: string) => Element, textOf: (place: number)
 * => string) => (...at: number[]) => void} start gets the film's element, the data, what puts HTML
 * into the view, or else the pictures that stand there, and returns its first element, and what
 * gives the film's texts; it returns what shows the frame of the sliders' stops.
 * @param {{ bar: string, stops: string[][], pace: number, texts: object }} controls the sliders and the
 * buttons, as HTML; the stops of each slider in words; how long a frame stays when it plays, in
 * milliseconds; the texts, packed.
 */
export function film(script, start, { bar, stops, pace, texts }) {
  const root = script.parentElement;
  // What is shown may be a film itself, with parts of the same names.
  const own = (selector) => root.querySelector(`:scope > ${selector}`);
  own(".still").outerHTML = bar;
  const reel = JSON.parse(own('script[type="application/json"]').textContent);
  const view = own(".view");

  function put(html) {
    if (html !== undefined) view.replaceChildren(contentOf(html));
    else for (const img of view.querySelectorAll("img")) img.replaceWith(contentOf(pictureOf(img)));
    return view.firstElementChild;
  }

  function contentOf(html) {
    const content = document.createRange().createContextualFragment(html);
    for (const svg of content.querySelectorAll("svg")) {
      // A clip of this picture must not be mistaken for one of another on the page.
      const mine = Math.random().toString(36).slice(2);
      for (const part of svg.querySelectorAll("[id]")) {
        for (const name of ["clip-path", "fill", "stroke"]) {
          for (const user of svg.querySelectorAll(`[${name}$="#${part.id})"]`)) {
            user.setAttribute(name, user.getAttribute(name).replace(")", mine + ")"));
          }
        }
        part.id += mine;
      }
    }
    return content;
  }

  function pictureOf({ src, style }) {
    const bytes = Uint8Array.from(atob(src.split(",")[1]), (c) => c.charCodeAt(0));
    return new TextDecoder().decode(bytes).replace("<svg ", `<svg style="${style.cssText}" `);
  }

  // What `pack` has packed.
  function textOf(place) {
    const { at, frames, templates, pieces } = texts;
    const [template, ...rest] = frames[at[place]];
    return templates[template].map((piece) => pieces[piece < 0 ? rest.shift() : piece]).join("");
  }

  const draw = start(root, reel, put, textOf);
  const sliders = [...own(".bar").querySelectorAll("input, select")];
  const outputs = [...own(".bar").querySelectorAll("output")];
  const at = sliders.map((slider) => Number(slider.value));
  const last = stops[0].length - 1;
  let timer = 0;

  function show(stop, k = 0) {
    at[k] = Math.max(0, Math.min(stops[k].length - 1, stop));
    sliders[k].value = at[k];
    outputs[k].textContent = stops[k][at[k]];
    if (sliders[k].type === "range") sliders[k].setAttribute("aria-valuetext", stops[k][at[k]]);
    draw(...at);
    // Whoever has no mouse scrolls by keys, and keys go to what has the focus.
    for (const part of root.querySelectorAll(".view, .part, .say > div")) {
      if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
    }
  }

  function pause() {
    if (pace === 0) return;
    clearInterval(timer);
    timer = 0;
    own('.bar [data-action="play"]').textContent = "play";
  }

  const actions = {
    first: () => show(0),
    back: () => show(at[0] - 1),
    next: () => show(at[0] + 1),
    play: () => {
      if (timer) return pause();
      if (at[0] === last) show(0);
      own('.bar [data-action="play"]').textContent = "pause";
      timer = setInterval(() => {
        show(at[0] + 1);
        if (at[0] === last || !root.isConnected) pause();
      }, pace);
    },
  };
  const keys = {
    ArrowLeft: actions.back,
    ArrowRight: actions.next,
    Home: actions.first,
    End: () => show(last),
  };
  own(".bar").addEventListener("click", (event) => {
    const action = event.target.closest("[data-action]")?.dataset.action;
    if (!action) return;
    if (action !== "play") pause();
    actions[action]();
  });
  sliders.forEach((slider, k) =>
    slider.addEventListener("input", () => {
      pause();
      show(Number(slider.value), k);
    })
  );
  root.addEventListener("keydown", (event) => {
    const isSlider = sliders.includes(event.target);
    if (!isSlider && !(pace && keys[event.key])) return;
    // The notebook around it has its own use for the arrow keys.
    event.stopPropagation();
    if (isSlider) return;
    event.preventDefault();
    pause();
    keys[event.key]();
  });
  sliders.forEach((_, k) => show(at[k], k));
}
