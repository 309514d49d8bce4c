/**
 * The `Deno` object of a page: displays, texts of values, and files in memory.
 *
 * @module
 */
import { inspect, inspectSettled } from "./inspect.ts";

/** The content of an output by media type. */
export type Bundle = Record<string, unknown>;

/** Sends a message as the kernel does, such as `display_data`. */
export type Broadcast = (type: string, content: object) => Promise<void>;

const $display = Symbol.for("Jupyter.display");

let showing = 0;

/** Whether a chart is about to be shown, which a page draws itself. */
export function isShowing(): boolean {
  return showing > 0;
}

/** What a value is shown as. */
export async function bundleOf(value: unknown): Promise<Bundle> {
  if (typeof value !== "object" || value === null) {
    return { "text/plain": await inspectSettled(value) };
  }
  const show: unknown = Reflect.get(value, $display);
  if (typeof show !== "function") return { "text/plain": await inspectSettled(value) };
  // What is no chart itself may have pictures of charts in it, as a recorder's film has.
  const isChart = "spec" in value || "chart" in value;
  if (isChart) showing++;
  try {
    return await show.call(value);
  } finally {
    if (isChart) showing--;
  }
}

/** Puts `Deno` into the global scope. */
export function installDeno(broadcast: Broadcast): void {
  const { ofDeno, ofNode } = files();
  const Deno = {
    ...{
      inspect,
      noColor: true,
      args: [],
      pid: 1,
      version: { deno: "2.8.1", v8: "", typescript: "" },
    },
    build: { os: "linux", arch: "x86_64", target: "a page of the book" },
    customInspect: Symbol.for("Deno.customInspect"),
    errors: { NotFound },
    env: environment(),
    cwd: () => "/",
    ...ofDeno,
    jupyter: jupyter(broadcast),
  };
  Reflect.set(globalThis, "Deno", new Proxy(Deno, { get: orSayWhatIsMissing }));
  // The library asks for files by Node's names, which Deno has as well.
  Reflect.set(globalThis, "process", {
    getBuiltinModule: (name: string) => name === "node:fs/promises" ? ofNode : undefined,
  });
}

/** What this page has not got says so when it is called. */
function orSayWhatIsMissing(target: object, key: string | symbol): unknown {
  if (typeof key === "symbol" || key in target || key === "internal") {
    return Reflect.get(target, key);
  }
  return () => {
    throw new Error(`Deno.${key} needs Deno on a computer; a page of the book has files in memory`);
  };
}

interface DisplayOptions {
  raw?: boolean;
  update?: boolean;
  display_id?: string;
}

function jupyter(broadcast: Broadcast): object {
  const tagged = (type: string) => (strings: TemplateStringsArray, ...values: unknown[]) => ({
    [$display]: () => ({ [type]: String.raw({ raw: strings }, ...values) }),
  });
  const display = async (value: unknown, options: DisplayOptions = {}) => {
    const { raw = false, update = false, display_id } = options;
    const data = raw ? value : await bundleOf(value);
    const transient = display_id === undefined ? {} : { display_id };
    await broadcast(update ? "update_display_data" : "display_data", {
      ...{ data, metadata: {}, transient },
    });
  };
  return {
    ...{ $display, broadcast, display, html: tagged("text/html"), md: tagged("text/markdown") },
    svg: tagged("image/svg+xml"),
  };
}

function environment(): object {
  const variables = new Map<string, string>();
  return {
    get: (name: string) => variables.get(name),
    set: (name: string, value: string) => void variables.set(name, value),
    has: (name: string) => variables.has(name),
    delete: (name: string) => void variables.delete(name),
    toObject: () => Object.fromEntries(variables),
  };
}

class NotFound extends Error {
  override name = "NotFound";
}

/** Files and folders that are there until the page is left. */
function files(): { ofDeno: object; ofNode: object } {
  const contents = new Map<string, Uint8Array>();
  const folders = new Set(["/", "/tmp"]);
  let made = 0;
  const pathOf = (path: string | URL) => {
    const text = path instanceof URL ? decodeURIComponent(path.pathname) : path;
    return text.replace(/^\.\//, "/").replace(/^(?!\/)/, "/").replace(/(.)\/+$/, "$1");
  };
  const missing = (what: string, path: string | URL) =>
    new NotFound(`No such file or directory (os error 2): ${what} '${path}'`);
  const below = (path: string) => (name: string) => name.startsWith(`${path}/`);
  const sync = {
    readFile(path: string | URL) {
      const found = contents.get(pathOf(path));
      if (!found) throw missing("readfile", path);
      return found.slice();
    },
    writeFile(path: string | URL, bytes: Uint8Array) {
      const folder = pathOf(path).replace(/\/[^/]*$/, "") || "/";
      if (!folders.has(folder)) throw missing("writefile", path);
      contents.set(pathOf(path), bytes.slice());
    },
    readTextFile(path: string | URL) {
      return new TextDecoder().decode(sync.readFile(path));
    },
    writeTextFile(path: string | URL, text: string) {
      sync.writeFile(path, new TextEncoder().encode(text));
    },
    makeTempDir({ prefix = "" }: { prefix?: string } = {}) {
      const path = `/tmp/${prefix}${++made}`;
      folders.add(path);
      return path;
    },
    makeTempFile({ prefix = "", suffix = "" }: { prefix?: string; suffix?: string } = {}) {
      const path = `/tmp/${prefix}${++made}${suffix}`;
      contents.set(path, new Uint8Array());
      return path;
    },
    mkdir(path: string | URL) {
      const parts = pathOf(path).split("/");
      parts.forEach((_, i) => folders.add(parts.slice(0, i + 1).join("/") || "/"));
    },
    remove(path: string | URL) {
      const name = pathOf(path);
      if (!contents.delete(name) && !folders.delete(name)) throw missing("remove", path);
      for (const all of [contents, folders]) {
        for (const one of [...all.keys()].filter(below(name))) all.delete(one);
      }
    },
    stat(path: string | URL) {
      const name = pathOf(path);
      const found = contents.get(name);
      if (!found && !folders.has(name)) throw missing("stat", path);
      return {
        isFile: Boolean(found),
        isDirectory: !found,
        isSymlink: false,
        size: found?.length ?? 0,
      };
    },
  };
  const both = Object.entries(sync).flatMap(([name, act]) => [
    [`${name}Sync`, act],
    // deno-lint-ignore require-await -- what goes wrong must reject
    [name, async (...args: never[]) => Reflect.apply(act, sync, args)],
  ]);
  const readDir = function* (path: string | URL) {
    const isIn = below(pathOf(path) === "/" ? "" : pathOf(path));
    for (const [isFile, all] of [[true, contents.keys()], [false, folders]] as const) {
      for (const name of [...all].filter(isIn)) {
        const inner = name.slice(pathOf(path).length).replace(/^\//, "");
        if (inner && !inner.includes("/")) yield { name: inner, isFile, isDirectory: !isFile };
      }
    }
  };
  const write = (path: string, content: string | Uint8Array) =>
    typeof content === "string" ? sync.writeTextFile(path, content) : sync.writeFile(path, content);
  const node = {
    readFile: (path: string, encoding?: string) =>
      encoding === undefined ? sync.readFile(path) : sync.readTextFile(path),
    writeFile: write,
    stat: (path: string) => {
      const { isFile } = sync.stat(path);
      return { isFile: () => isFile, mode: 0o644 };
    },
    realpath: pathOf,
    open: (path: string) => ({
      writeFile: (content: string | Uint8Array) => Promise.resolve(write(path, content)),
      sync: () => Promise.resolve(),
      close: () => Promise.resolve(),
    }),
    rename: (from: string, to: string) => {
      sync.writeFile(to, sync.readFile(from));
      sync.remove(from);
    },
    rm: sync.remove,
  };
  const ofNode = Object.fromEntries(
    Object.entries(node).map(([name, act]) => [
      name,
      // deno-lint-ignore require-await -- what goes wrong must reject
      async (...args: never[]) => Reflect.apply(act, node, args),
    ]),
  );
  return { ofDeno: { ...Object.fromEntries(both), readDir, readDirSync: readDir }, ofNode };
}
