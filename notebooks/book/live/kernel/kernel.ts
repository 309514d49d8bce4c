/**
 * The kernel of a page, a worker: it runs one cell after the other, as Deno's
 * kernel does, and says what they put out.
 *
 * @module
 */
import type { KernelMessage, OutputType, RunRequest } from "../messages.ts";
import { redirectConsole } from "./console.ts";
import { declare, endCell, evaluate, fix, named } from "./declarations.ts";
import { bundleOf, installDeno } from "./deno.ts";
import { fileOf, placesOf } from "./errors.ts";
import { inspect } from "./inspect.ts";
import { sendOutput } from "./output.ts";
import type { Cell, CellTools } from "./cell.ts";

/** The modules that cells can import, by the names that they have in notebooks. */
export type Modules = Record<string, () => Promise<object>>;

type CellFunction = (tools: CellTools) => Promise<void>;

/** The part of a worker's global scope that is used here. */
const scope = globalThis as unknown as { postMessage(message: KernelMessage): void };
const post = scope.postMessage.bind(scope);
const output = sendOutput(post);
let modules: Modules = {};
let current = 0;

redirectConsole((stream, text) => output.write(current, stream, text));
installDeno(async (type, content) => {
  const { data = {}, transient } = content as {
    data?: Record<string, unknown>;
    transient?: { display_id?: string };
  };
  output.show(current, type as OutputType, data, transient?.display_id);
  await Promise.resolve();
});
keepCellInTimers();

/** What timers put out goes to the cell that started them. */
function keepCellInTimers(): void {
  for (const name of ["setTimeout", "setInterval", "queueMicrotask"] as const) {
    const native: unknown = globalThis[name];
    if (typeof native !== "function") continue;
    Reflect.set(globalThis, name, (act: unknown, ...rest: unknown[]) => {
      const cell = current;
      const inCell = typeof act !== "function" ? act : (...args: unknown[]) => {
        const before = current;
        current = cell;
        try {
          return act(...args);
        } finally {
          current = before;
        }
      };
      return Reflect.apply(native, globalThis, [inCell, ...rest]);
    });
  }
}

async function importModule(specifier: string): Promise<unknown> {
  if (Object.hasOwn(modules, specifier)) return nameClasses(await modules[specifier]());
  const known = Object.keys(modules).filter((name) => !name.startsWith("../"));
  const others = `A page of the book has ${known.join(", ")}.`;
  if (/^[./]/.test(specifier)) throw new TypeError(`Module not found "${specifier}". ${others}`);
  if (/^(https?|data|blob):/.test(specifier)) return await import(specifier);
  throw new TypeError(
    `Import "${specifier}" not a dependency and not in import map. ${others}`,
  );
}

/** The bundler calls some classes `_Value`; messages and texts of values tell the names of classes. */
function nameClasses(module: object): object {
  for (const [name, value] of Object.entries(module)) {
    if (typeof value !== "function" || value.name !== `_${name}`) continue;
    Object.defineProperty(value, "name", { value: name });
  }
  return module;
}

/** Reads a cell that the book does not have; the parser is loaded for the first. */
async function transform(source: string): Promise<Cell> {
  // An address, so that the bundler leaves it alone: it is a bundle of its own, minified.
  const address = new URL("transform_cell.js", import.meta.url).href;
  const { transformCell } = await import(address) as { transformCell(source: string): Cell };
  return transformCell(source);
}

async function run({ cell, source, prepared, isQuiet }: RunRequest): Promise<void> {
  current = cell;
  output.begin(cell, isQuiet);
  const start = performance.now();
  let isOk = true;
  try {
    const { code, names } = prepared ?? await transform(source);
    declare(names);
    const body = evaluate(`${code}\n//# sourceURL=${fileOf(cell)}`) as CellFunction;
    const tools: CellTools = { result: undefined, import: importModule, fix, named };
    try {
      await body(tools);
    } finally {
      endCell();
    }
    if (tools.result !== undefined && !isQuiet) {
      output.show(cell, "execute_result", await bundleOf(tools.result));
    }
  } catch (error) {
    isOk = false;
    output.fail(describeError(cell, error));
  }
  output.flush();
  post({ type: "done", cell, isOk, milliseconds: performance.now() - start });
}

function describeError(cell: number, error: unknown) {
  if (!(error instanceof Error)) {
    const message = typeof error === "symbol" ? inspect(error) : String(error);
    return { cell, name: "Unknown error", message, places: [] };
  }
  const places = placesOf(error);
  if (places.length === 0 && "line" in error && typeof error.line === "number") {
    places.push({ name: "", cell, line: error.line });
  }
  // What a constant is made of here has other words for it.
  const isConstant = /read.only property .*GlobalScope|^"\w+" is read-only/.test(error.message);
  const message = isConstant ? "Assignment to constant variable." : error.message;
  return { cell, name: error.name || "Unknown error", message: message || "(none)", places };
}

/** Waits for cells from the page. */
export function startKernel(available: Modules): void {
  modules = available;
  // In Deno's kernel they are there, and nothing is in them.
  Object.assign(globalThis, { _: undefined, _error: undefined });
  // The library would start threads, whose code is not in a page's reach.
  Reflect.deleteProperty(globalThis, "SharedArrayBuffer");
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    output.fail(describeError(current, event.error));
  });
  // As in Deno's kernel, a promise that nobody waits for fails without a word.
  globalThis.addEventListener("unhandledrejection", (event) => event.preventDefault());
  let queue = Promise.resolve();
  globalThis.addEventListener("message", ({ data }: MessageEvent<RunRequest>) => {
    queue = queue.then(() => run(data));
  });
}
