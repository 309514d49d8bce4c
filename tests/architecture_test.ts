/**
 * What the layout promises: the root of engine/ and of nn/ is the core, a folder
 * is one thing that you can do, and nothing loads what stands above it.
 */
import { assert, assertEquals } from "./support/assert.ts";
import { type Arrow, askDeno, filesIn, folderOf, readArrows } from "./support/modules.ts";

/** From low to high. A module loads others of its own folder, and of those before it. */
const order = [
  "engine/show",
  "engine/chart",
  "engine",
  "engine/formula",
  "engine/gradcheck",
  "engine/graph",
  "engine/explain",
  "engine/interact",
  "engine/compile/code",
  "engine/compile/plan",
  "engine/compile/functions",
  "engine/compile/kernels",
  "engine/compile/run",
  "engine/compile/listing",
  "engine/compile",
  "nn",
  "nn/data",
  "nn/optimizers",
  "nn/classify",
  "nn/watch",
  "nn/fit",
  "nn/recorder",
  "nn/diagnose",
  "nn/files",
];

/** Doors stand above what they lead to, and are for those outside. */
const engineDoors = [
  "engine/mod.ts",
  "engine/extend.ts",
  "engine/internal.ts",
  "engine/show/mod.ts",
];
const doors = ["mod.ts", "nn/mod.ts", ...engineDoors];

const sources = ["engine", "nn"].flatMap((folder) => filesIn(folder, ".ts", ".js"));
const tests = ["tests/engine", "tests/nn"].flatMap((folder) => filesIn(folder, "_test.ts"));
// Of a worker, only its address is named.
const worker = "engine/compile/run/worker.ts";
const arrows = (await Promise.all(["mod.ts", "engine/extend.ts", worker].map(readArrows))).flat();

const isEngine = (path: string) => path.startsWith("engine/");
const isNn = (path: string) => path.startsWith("nn/");
const isDoor = (path: string) => doors.includes(path);
const isView = (path: string) => /_view\.ts$/.test(path);
const isPage = (path: string) => /_page\.js$/.test(path);
/** What says what is wrong with an argument; it knows nothing of what is asked. */
const isAboutArguments = (path: string) => path === "engine/arguments.ts";
const isCore = (path: string) => folderOf(path) === "engine" && !isDoor(path);

/** Fails if there are any. */
function none(found: readonly Arrow[]): void {
  assertEquals([...new Set(found.map(({ from, to, kind }) => `${from} -> ${to} (${kind})`))], []);
}

/** All that loading a module loads, itself included. */
function loaded(path: string): string[] {
  const seen = new Set([path]);
  for (const from of seen) {
    for (const arrow of arrows) {
      if (arrow.from === from && arrow.kind === "static") seen.add(arrow.to);
    }
  }
  return [...seen];
}

Deno.test("the graph of modules has every source file: none is left over", () => {
  const known = new Set([worker, ...arrows.flatMap(({ from, to }) => [from, to])]);
  assertEquals(sources.filter((path) => !known.has(path)), []);
});

Deno.test("the list of folders has all that there are, and no folder holds more than 16 files", () => {
  const folders = Map.groupBy(sources, folderOf);
  assertEquals([...folders.keys()].sort(), [...order].sort());
  const full = [...folders].filter(([, files]) => files.length > 16);
  assertEquals(full.map(([folder, files]) => `${folder}: ${files.length}`), []);
});

Deno.test("the map in CONTRIBUTING.md has the folders of the library", async () => {
  const page = await Deno.readTextFile(new URL("../CONTRIBUTING.md", import.meta.url));
  const [, map] = page.match(/^```\n(mod\.ts [^]*?)^```$/m)!;
  const path: string[] = [];
  const folders = [...map.matchAll(/^( *)(\w+)\/ {2,}\S/gm)].map(([, indent, name]) => {
    path.splice(indent.length / 2, Infinity, name);
    return path.join("/");
  });
  assertEquals(folders.filter((path) => /^(engine|nn)\b/.test(path)).sort(), [...order].sort());
});

Deno.test("no module loads one of a higher folder, but for a Value's picture, which comes on demand", () => {
  const up = arrows.filter(({ from, to, kind }) =>
    kind !== "type" && !isDoor(from) && sources.includes(to) && !isAboutArguments(to) &&
    order.indexOf(folderOf(to)) > order.indexOf(folderOf(from))
  );
  none(
    up.filter(({ from, to, kind }) =>
      !(from === "engine/value.ts" && to === "engine/graph/value_view.ts" && kind === "dynamic")
    ),
  );
});

Deno.test("no module loads itself through others", () => {
  for (const { from, to, kind } of arrows) {
    assert(kind !== "static" || !loaded(to).includes(from), `${from} -> ${to} -> … -> ${from}`);
  }
});

Deno.test("the core of the engine loads nothing but itself and the names of the hooks of displays", () => {
  for (const path of sources.filter(isCore)) {
    const others = loaded(path).filter((path) => !isCore(path));
    assertEquals(others.filter((path) => path !== "engine/show/jupyter.ts"), [], path);
  }
  none(arrows.filter(({ from, to }) => from === "engine/rules.ts" && to !== "engine/erf.ts"));
});

Deno.test("pictures' tools know nothing of what they draw, not even by type", () => {
  const isTool = (path: string) => ["engine/show", "engine/chart"].includes(folderOf(path));
  const isKnown = (path: string) => isTool(path) || isAboutArguments(path);
  none(arrows.filter(({ from, to }) => isTool(from) && sources.includes(to) && !isKnown(to)));
});

Deno.test("nothing in the engine knows nn, not even by type", () => {
  none(arrows.filter(({ from, to }) => isEngine(from) && (isNn(to) || to === "mod.ts")));
});

Deno.test("nn takes the engine by its doors only, types included", () => {
  none(arrows.filter(({ from, to }) => isNn(from) && !isNn(to) && !engineDoors.includes(to)));
});

Deno.test("nothing behind a door goes through it", () => {
  const behind = (from: string, to: string) => isEngine(from) === isEngine(to);
  none(arrows.filter(({ from, to }) => isDoor(to) && !isDoor(from) && behind(from, to)));
});

Deno.test("loading the library loads no package: charts and graphs come on demand", () => {
  assertEquals(loaded("mod.ts").filter((path) => !isDoor(path) && !sources.includes(path)), []);
  const onDemand = arrows.filter(({ kind }) => kind === "dynamic").map(({ to }) => to);
  assert(onDemand.includes("engine/chart/vega.ts") && onDemand.some((to) => to.includes("viz-js")));
});

/** The views that load with their object, and what cannot wait for them. */
const prompt = {
  "engine/gradcheck/gradcheck_curve_view.ts": "GradcheckCurve.chart()",
  "nn/classify/confusion_matrix_view.ts": "ConfusionMatrix.chart()",
  "nn/classify/decision_boundary_view.ts": "DecisionBoundary.chart()",
  "nn/watch/loss_surface_view.ts": "LossSurface.chart()",
  "nn/watch/monitor_view.ts": "a training loop, in which a monitor draws",
};

Deno.test("loading the library loads no other view, and what runs in a page comes with its view", () => {
  assertEquals(loaded("mod.ts").filter(isView).sort(), Object.keys(prompt));
  none(arrows.filter(({ from, to }) => {
    const page = /^(.*)_page\.js$/.exec(to);
    return page && from !== `${page[1]}_view.ts` && from !== `${page[1]}.ts`;
  }));
});

/** The pictures of several objects, or of one in another folder. */
const shared: Record<string, string[]> = {
  "engine/graph/value_view.ts": ["engine/value.ts"],
  "nn/network_view.ts": ["nn/neuron.ts", "nn/layer.ts", "nn/mlp.ts"],
};

Deno.test("x_view.ts is the picture of x.ts, as renderX(), and x_page.js is its part in the page", async () => {
  for (const path of [...sources.filter(isView), ...sources.filter(isPage)]) {
    const objects = shared[path] ?? [path.replace(/_(view\.ts|page\.js)$/, ".ts")];
    for (const object of objects) assert(sources.includes(object), `${path}: no ${object}`);
    if (!isView(path)) continue;
    const names = Object.keys(await import(`../${path}`));
    assert(names.some((name) => /^render[A-Z]/.test(name)), `${path} has only ${names}`);
  }
});

/** Why a file has no test of its name. */
const untested: Record<string, string> = {
  ...Object.fromEntries(engineDoors.map((path) => [path, "a door"])),
  "nn/mod.ts": "a door",
  [worker]: "runs in a thread of its own: tests/engine/compile/run/crew_test.ts",
};

/** Tests of more than one file: all operations, whole trainings, or programs of others. */
const wide = [
  "tests/engine/compile/properties_test.ts",
  "tests/engine/compile/size_test.ts",
  "tests/engine/compile/special_values_test.ts",
  "tests/engine/labels_test.ts",
  "tests/engine/mistakes_test.ts",
  "tests/engine/properties_test.ts",
  "tests/engine/torch_test.ts",
  "tests/nn/files/python_test.ts",
  "tests/nn/micrograd_test.ts",
  "tests/nn/torch_test.ts",
];

Deno.test("every source file has a test of its name, in the folder of the same name", () => {
  const testOf = (path: string) => `tests/${path.replace(/\.[jt]s$/, "_test.ts")}`;
  const missing = sources.filter((path) => !tests.includes(testOf(path)));
  assertEquals(missing.sort(), Object.keys(untested).sort());
  const named = new Set(sources.map(testOf));
  assertEquals(tests.filter((path) => !named.has(path)), wide);
});

/** The modules of which each loads the tests of a folder. */
const lists = {
  "tests/compile.ts": "engine/compile/",
  "tests/engine.ts": "engine/",
  "tests/nn.ts": "nn/",
};

Deno.test("every test of the library is in the list of its folder, and in no other", async () => {
  const left = new Set(tests);
  for (const [list, folder] of Object.entries(lists)) {
    const text = await Deno.readTextFile(new URL(`../${list}`, import.meta.url));
    const listed = [...text.matchAll(/^import "\.(\/.*)";$/gm)].map(([, path]) => `tests${path}`);
    const below = [...left].filter((path) => path.startsWith(`tests/${folder}`));
    assertEquals(listed.toSorted(), below.toSorted(), `${list} lacks a line or has one too many`);
    for (const path of below) left.delete(path);
  }
  assertEquals([...left], []);
});

Deno.test("the task runs every test, by a list or by itself, and every example", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(new URL("../deno.json", import.meta.url)));
  const named: string[] = tasks.test.command.split(" ");
  const isRun = (path: string) =>
    named.some((word) =>
      word === path || path.startsWith(`${word}/`) || word === `${folderOf(path)}/*_test.ts`
    );
  for (const list of Object.keys(lists)) assert(isRun(list), list);
  const others = filesIn("tests", "_test.ts").filter((path) => !tests.includes(path));
  const documented = ["engine", "nn", "notebooks"].flatMap((folder) =>
    filesIn(folder, ".ts", ".md")
  );
  assertEquals([...others, ...documented].filter((path) => !isRun(path)), []);
});

interface Documented {
  nodes: Record<string, { symbols: { name: string }[] }>;
}

Deno.test("no name is at two doors: users import from one, and who extends from the other", async () => {
  const { nodes } = await askDeno("doc", "--json", "mod.ts", "engine/extend.ts") as Documented;
  const [users, extenders] = Object.values(nodes).map(({ symbols }) => symbols.map((s) => s.name));
  assert(users.includes("Value") !== extenders.includes("Value"));
  assert(users.includes("GraphNode") !== extenders.includes("GraphNode"));
  assertEquals(users.filter((name) => extenders.includes(name)), []);
});

Deno.test("the package has the doors for users and extenders, and the name of each works at home", async () => {
  const { exports, imports } = JSON.parse(
    await Deno.readTextFile(new URL("../deno.json", import.meta.url)),
  );
  assertEquals(exports, {
    ".": "./mod.ts",
    "./extend": "./engine/extend.ts",
    "./engine": "./engine/mod.ts",
    "./nn": "./nn/mod.ts",
  });
  assertEquals(imports["chainrule"], exports["."]);
  assertEquals(imports["chainrule/extend"], exports["./extend"]);
});
