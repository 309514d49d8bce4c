/**
 * What runs in the page: squares that take ink, and the classifier that answers
 * to them. It is sent to the page as text, so it must not use anything from
 * outside of itself.
 *
 * @param {HTMLScriptElement} script the element that runs it, inside the pad's own element.
 * @param {{ imageSize: readonly number[], pixels: readonly number[], side: number, module: string,
 * wasm: string }} pad the pixels in a row and in a column, what is drawn at first, how many pixels of
 * the screen a square is wide, the compiled classifier's module as an address, and its code as base64.
 */
export async function pad(script, { imageSize, pixels, side, module, wasm }) {
  const root = script.parentElement;
  const note = root.querySelector(".still");
  let model;
  try {
    const { load } = await import(module);
    model = await load(Uint8Array.from(atob(wasm), (letter) => letter.charCodeAt(0)));
  } catch (error) {
    note.textContent = `A still picture, since the classifier could not be loaded: ${error}`;
    return;
  }
  const [width, height] = imageSize;
  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const ink = [...pixels];
  const squares = ink.map((_, at) =>
    make("button", { type: "button", tabIndex: at === 0 ? 0 : -1 })
  );
  const sheet = make("div", { className: "sheet" }, ...squares);
  sheet.style.gridTemplateColumns = `repeat(${width}, ${side}px)`;
  sheet.style.gridAutoRows = `${side}px`;
  const says = make("p", { ariaLive: "polite" });
  const bars = model.predict([ink])[0].map((_, k) => {
    const bar = make("span", {});
    const percent = make("td", {});
    return {
      bar,
      percent,
      row: make("tr", {}, make("td", {}, `${k}`), make("td", {}, bar), percent),
    };
  });
  const answers = make(
    "table",
    { className: "answers" },
    make("tbody", {}, ...bars.map(({ row }) => row)),
  );
  const clear = make("button", { type: "button" }, "clear");
  const again = make("button", { type: "button" }, "as at first");
  const drawing = make("div", {}, sheet, make("p", {}, clear, " ", again));
  root.querySelector(".view").replaceChildren(drawing, make("div", {}, answers, says));
  note.className = "";
  note.textContent = "Draw: press on a square and move on; press on ink to take it away.";

  // 100% is certain to the last digit of numbers.
  const percent = (p) => `${p < 1 ? Math.min(99, Math.round(100 * p)) : 100 * p}%`;

  function answer() {
    const [logits] = model.predict([ink]);
    const best = logits.reduce((best, x, k) => x > logits[best] ? k : best, 0);
    const most = Math.max(...logits);
    const powers = logits.map((x) => Math.exp(x - most));
    const sum = powers.reduce((a, b) => a + b);
    powers.forEach((power, k) => {
      bars[k].bar.style.width = `${100 * power / sum}%`;
      bars[k].percent.textContent = percent(power / sum);
    });
    says.textContent = `It says ${best}, ${percent(powers[best] / sum)} sure.`;
  }

  function put(at, amount) {
    ink[at] = amount;
    const shade = Math.round(255 - 235 * amount);
    squares[at].style.background = `rgb(${shade} ${shade} ${shade})`;
    squares[at].ariaPressed = `${amount > 0}`;
    const place = `row ${Math.floor(at / width) + 1}, column ${at % width + 1}`;
    squares[at].ariaLabel = `${place}: ${amount > 0 ? "ink" : "paper"}`;
  }

  function putAll(amounts) {
    amounts.forEach((amount, at) => put(at, amount));
    answer();
  }

  let painting;
  const squareAt = ({ clientX, clientY }) =>
    squares.indexOf(document.elementFromPoint(clientX, clientY));
  const paint = (at) => {
    if (at < 0 || painting === undefined || ink[at] === painting) return;
    put(at, painting);
    answer();
  };
  sheet.addEventListener("pointerdown", (event) => {
    const at = squareAt(event);
    if (event.button !== 0 || at < 0) return;
    event.preventDefault();
    focus(at);
    painting = ink[at] > 0 ? 0 : 1;
    sheet.setPointerCapture(event.pointerId);
    paint(at);
  });
  sheet.addEventListener("pointermove", (event) => paint(squareAt(event)));
  for (const end of ["pointerup", "pointercancel"]) {
    sheet.addEventListener(end, () => painting = undefined);
  }

  function focus(at) {
    for (const square of squares) square.tabIndex = -1;
    squares[at].tabIndex = 0;
    squares[at].focus({ preventScroll: true });
  }
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  root.addEventListener("keydown", (event) => {
    const at = squares.indexOf(event.target);
    const isOwn = [" ", "Enter"].includes(event.key) || event.key in moves;
    if (!isOwn) return;
    // The notebook around it has its own use for these keys.
    event.stopPropagation();
    if (at < 0) return;
    event.preventDefault();
    if (!(event.key in moves)) {
      put(at, ink[at] > 0 ? 0 : 1);
      return answer();
    }
    const [right, down] = moves[event.key];
    const [column, row] = [at % width + right, Math.floor(at / width) + down];
    if (column >= 0 && column < width && row >= 0 && row < height) focus(row * width + column);
  });
  clear.addEventListener("click", () => putAll(ink.map(() => 0)));
  again.addEventListener("click", () => putAll(pixels));
  putAll(ink);
}
