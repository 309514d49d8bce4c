import { assert, assertEquals } from "./support/assert.ts";

interface Module {
  specifier: string;
  dependencies?: {
    specifier: string;
    code?: { specifier?: string };
    type?: { specifier?: string };
    isDynamic?: boolean;
  }[];
}

interface Edge {
  from: string;
  to: string;
  kind: "static" | "dynamic" | "type";
}

const root = new URL("../", import.meta.url);

/** What the modules behind `mod.ts` import, by paths relative to the project. */
async function readEdges(): Promise<Edge[]> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "mod.ts"],
    cwd: root,
    stderr: "null",
  });
  const { modules } = JSON.parse(new TextDecoder().decode((await command.output()).stdout)) as {
    modules: Module[];
  };
  const path = (specifier: string) => specifier.replace(root.href, "");
  return modules.filter(({ specifier }) => specifier.startsWith(root.href)).flatMap((module) =>
    (module.dependencies ?? []).map(({ specifier, code, type, isDynamic }): Edge => ({
      from: path(module.specifier),
      to: path(code?.specifier ?? type?.specifier ?? specifier),
      kind: code === undefined ? "type" : isDynamic ? "dynamic" : "static",
    }))
  );
}

const edges = await readEdges();
const statics = edges.filter(({ kind }) => kind === "static");
const isEngine = (path: string) => path.startsWith("engine/");
const isNn = (path: string) => path.startsWith("nn/");
const show = (found: Edge[]) => found.map(({ from, to, kind }) => `${from} -> ${to} (${kind})`);

/** Everything that loading `path` loads. */
function loaded(path: string): Set<string> {
  const seen = new Set([path]);
  for (const from of seen) for (const edge of statics) if (edge.from === from) seen.add(edge.to);
  return seen;
}

Deno.test("the module graph was read: the doors lead to the engine and to nn", () => {
  const all = loaded("mod.ts");
  for (const path of ["engine/rules.ts", "engine/value.ts", "engine/graph/draw.ts", "nn/mlp.ts"]) {
    assert(all.has(path), path);
  }
});

Deno.test("the table of operations imports nothing", () => {
  assertEquals(show(edges.filter(({ from }) => from === "engine/rules.ts")), []);
});

Deno.test("nothing in the engine knows nn, not even by type", () => {
  assertEquals(
    show(edges.filter(({ from, to }) => isEngine(from) && !isEngine(to) && isNn(to))),
    [],
  );
  assertEquals(show(edges.filter(({ from, to }) => isEngine(from) && to === "mod.ts")), []);
});

Deno.test("nn stands on the engine and on itself, and loads no package", () => {
  const elsewhere = edges.filter(({ from, to }) => isNn(from) && !isNn(to) && !isEngine(to));
  assertEquals(show(elsewhere), []);
});

/**
 * The way data flows. A module may load, when it is loaded, modules of lower
 * layers only; types and what is loaded on demand may come from anywhere in
 * the engine. Modules without a line here stand above all of these.
 */
const layers: Record<string, number> = {
  "engine/rules.ts": 0,
  "engine/describe.ts": 0,
  "engine/scope.ts": 0,
  "engine/show/jupyter.ts": 0,
  "engine/show/packages.ts": 0,
  "engine/show/svg.ts": 0,
  "engine/propagate.ts": 1,
  "engine/formula/notation.ts": 1,
  "engine/backward.ts": 2,
  "engine/formula/expression.ts": 3,
  "engine/formula/formula.ts": 4,
  "engine/value.ts": 5,
  "engine/operations.ts": 6,
  "engine/list_nodes.ts": 6,
  "engine/grad.ts": 6,
  "engine/list_operations.ts": 7,
  "engine/math.ts": 7,
  "engine/random.ts": 6,
};
const top = 8;
const layer = (path: string) => layers[path] ?? top;

Deno.test("no arrow turns back: rules, then backward, then Value, then what is built on them", () => {
  const back = statics.filter(({ from, to }) => layer(from) < top && layer(from) <= layer(to));
  assertEquals(show(back), []);
  const missing = Object.keys(layers).filter((path) => !loaded("mod.ts").has(path));
  assertEquals(missing, [], "a module that has gone or has a new name");
});

Deno.test("no module loads itself through others", () => {
  for (const from of new Set(statics.map((edge) => edge.from))) {
    const next = statics.filter((edge) => edge.from === from).map(({ to }) => to);
    const circular = next.filter((to) => loaded(to).has(from));
    assertEquals(circular, [], `${from} comes back to itself`);
  }
});

Deno.test("displays do not reach the core: it draws on demand only", () => {
  for (const path of ["engine/value.ts", "engine/grad.ts", "engine/math.ts", "nn/neuron.ts"]) {
    const direct = statics.filter(({ from }) => from === path).map(({ to }) => to);
    assertEquals(direct.filter((to) => /draw|chart|svg|vega/.test(to)), [], path);
  }
});

Deno.test("loading the library loads no package: charts and graphs come on demand", () => {
  const packages = [...loaded("mod.ts")].filter((path) => !/^(mod\.ts$|engine\/|nn\/)/.test(path));
  assertEquals(packages, []);
  assert(!loaded("mod.ts").has("engine/show/vega.ts"));
  assert(!loaded("mod.ts").has("engine/compile/listing/listing_view.ts"));
  const onDemand = edges.filter(({ kind }) => kind === "dynamic").map(({ to }) => to);
  assert(
    onDemand.includes("engine/show/vega.ts") && onDemand.some((to) => to.includes("@viz-js/viz")),
  );
});
