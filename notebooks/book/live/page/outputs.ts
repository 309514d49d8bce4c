/// <reference lib="dom" />
/**
 * Shows below a cell what it puts out, as Jupyter does.
 *
 * @module
 */
import type { ErrorMessage, KernelMessage } from "../messages.ts";
import { showVerdict } from "./exercises.ts";
import type { PageCell } from "./page.ts";

type Data = Record<string, unknown>;

/** What happens to the outputs of a cell. */
export type OutputEvent = Exclude<KernelMessage, { type: "done" }> | { type: "begin" | "end" };

/** The places of displays that can get another content, by cell and id. */
const displays = new WeakMap<PageCell, Map<string, HTMLElement>>();
/** The cells whose former outputs stand until there is something new. */
const stale = new WeakSet<PageCell>();

/** Shows what a cell has put out. */
export function showOutput(cell: PageCell, event: OutputEvent): void {
  switch (event.type) {
    case "begin":
      // The page must not jump while a cell runs.
      cell.output.style.minHeight = `${cell.output.offsetHeight}px`;
      stale.add(cell);
      displays.set(cell, new Map());
      return;
    case "end":
      clear(cell);
      cell.output.style.minHeight = "";
      return;
    case "stream":
      return print(cell, event.name, event.text);
    case "error":
      return fail(cell, event);
    default:
      return display(cell, event);
  }
}

function clear(cell: PageCell): void {
  if (!stale.delete(cell)) return;
  cell.output.replaceChildren();
  cell.showsStored = false;
}

function append(cell: PageCell, kind: string, ...content: Node[]): HTMLElement {
  clear(cell);
  const element = document.createElement("div");
  element.className = `output ${kind}`;
  element.append(...content);
  cell.output.append(element);
  return element;
}

function print(cell: PageCell, name: string, text: string): void {
  clear(cell);
  const last = cell.output.lastElementChild;
  if (last instanceof HTMLElement && last.dataset.stream === name) {
    last.querySelector("pre")!.append(text);
  } else append(cell, "stream", pre(text)).dataset.stream = name;
}

function fail(cell: PageCell, error: ErrorMessage): void {
  const places = error.places.map(({ name, cell: number, line }) => {
    const where = number === cell.number ? `line ${line}` : `cell ${number}, line ${line}`;
    return name ? `\n    in ${name}, ${where}` : `\n    in ${where}`;
  });
  const element = append(
    cell,
    "stream live-error",
    pre(`${error.name}: ${error.message}${places.join("")}`),
  );
  element.role = "alert";
  if (/has already been declared$/.test(error.message)) {
    const hint = document.createElement("p");
    hint.textContent = "What ran before is still there, declared in another way; " +
      "Run all begins anew.";
    element.append(hint);
  }
  cell.showsStored = false;
  cell.resetButton.disabled = false;
}

function display(cell: PageCell, { type, data, id }: Extract<OutputEvent, { data: Data }>): void {
  const known = displays.get(cell);
  const old = id === undefined ? undefined : known?.get(id);
  const content = render(data);
  let element = type === "update_display_data" ? old : undefined;
  if (element) element.replaceChildren(...content);
  else element = append(cell, "text_html", ...content);
  if (id !== undefined) known?.set(id, element);
  // The page's own script draws charts.
  element.dispatchEvent(new CustomEvent("shown", { bubbles: true }));
  showVerdict(cell, data);
}

/** The richest content that a page can show. */
function render(data: Data): Node[] {
  const text = (type: string) => typeof data[type] === "string" ? data[type] : undefined;
  const [html, svg, latex] = ["text/html", "image/svg+xml", "text/latex"].map(text);
  const chart = Object.keys(data).find((type) => type.startsWith("application/vnd.vegalite"));
  const image = ["image/png", "image/jpeg", "image/gif"].find(text);
  const plain = text("text/plain") ?? "";
  // A fragment's scripts run.
  if (html !== undefined) return [document.createRange().createContextualFragment(html)];
  if (chart) return [chartOf(data[chart], plain)];
  if (svg) return [pictureOf(`data:image/svg+xml,${encodeURIComponent(svg)}`, plain, svg)];
  if (image) return [pictureOf(`data:${image};base64,${data[image]}`, plain)];
  if (latex !== undefined) return [formulaOf(latex)];
  const other = text("text/markdown") ?? JSON.stringify(data["application/json"], null, 2);
  return [pre(plain || other || "")];
}

function pre(text: string): HTMLElement {
  const outer = document.createElement("div");
  outer.className = "highlight";
  const inner = document.createElement("pre");
  inner.textContent = text;
  outer.append(inner);
  return outer;
}

function pictureOf(address: string, plain: string, svg = ""): HTMLElement {
  const figure = document.createElement("figure");
  figure.className = "picture";
  const image = new Image();
  image.src = address;
  image.alt = plain.slice(0, 400);
  const [, width, height] = svg.match(/^<svg[^>]*? width="([\d.]+)" height="([\d.]+)"/) ??
    svg.match(/^<svg[^>]*? viewBox="0 0 ([\d.]+) ([\d.]+)"/) ?? [];
  if (width) Object.assign(image, { width: Math.ceil(+width), height: Math.ceil(+height) });
  figure.append(image);
  return figure;
}

/** A chart that the page's own script will draw. */
function chartOf(spec: unknown, plain: string): HTMLElement {
  const figure = document.createElement("figure");
  figure.className = "chart";
  figure.ariaLabel = plain;
  const script = document.createElement("script");
  script.type = "application/json";
  script.textContent = JSON.stringify(spec);
  figure.append(script);
  return figure;
}

/** KaTeX of the page. */
interface Katex {
  render(tex: string, element: HTMLElement, options: object): void;
}

function formulaOf(latex: string): HTMLElement {
  const tex = latex.trim().replace(/^(\$\$?|\\\[|\\\()([^]*?)(\$\$?|\\\]|\\\))$/, "$2");
  const element = document.createElement("div");
  element.className = "math";
  element.textContent = tex;
  const { katex } = globalThis as { katex?: Katex };
  katex?.render(tex, element, { displayMode: true, throwOnError: false });
  return element;
}
