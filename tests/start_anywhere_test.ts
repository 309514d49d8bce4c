/**
 * The ways to start without a setup of one's own (Binder, a dev container,
 * VS Code) use the versions that the project uses everywhere else.
 */
import { basename, join } from "node:path";
import { writeKernelspec } from "../notebooks/jupyter/kernelspec.ts";
import { findNotebooks } from "../notebooks/jupyter/notebooks.ts";
import { assert, assertEquals, assertMatch } from "./support/assert.ts";

const root = new URL("../", import.meta.url);
const read = (path: string) => Deno.readTextFile(new URL(path, root));
const readJson = async (path: string) => JSON.parse(await read(path));

const requirements = await read("notebooks/jupyter/requirements.txt");
const [, pinned] = requirements.match(/^deno==(\S+)$/m)!;

interface DevContainer {
  image: string;
  features: Record<string, { version: string }>;
  postCreateCommand: string;
  customizations: { vscode: { extensions: string[] } };
}

const container: DevContainer = await readJson(".devcontainer/devcontainer.json");
const ci = await read(".github/workflows/ci.yml");

/** The versions of Deno that a folder's files call or install, by the files' paths. */
async function* denoVersions(folder: string): AsyncGenerator<[path: string, version: string]> {
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, root))) {
    const path = folder + name;
    if ([".git", ".venv", ".output", "node_modules", "__snapshots__"].includes(name)) continue;
    if (isDirectory) yield* denoVersions(`${path}/`);
    else if (/\.(md|ya?ml|json|txt)$|^[^.]*$/.test(name)) {
      for (const [, version] of (await read(path)).matchAll(/\bdeno(?:@|==)(\d[\w.]*\w)/g)) {
        yield [path, version];
      }
    }
  }
}

Deno.test("no file calls or installs another Deno than the pinned one", async () => {
  const found = await Array.fromAsync(denoVersions("./"));
  assertEquals(found.filter(([, version]) => version !== pinned), []);
  const callers = new Set(found.map(([path]) => path.slice(2)));
  for (
    const path of [
      "README.md",
      "CONTRIBUTING.md",
      ".ci/run",
      ".github/workflows/ci.yml",
      ".devcontainer/devcontainer.json",
    ]
  ) assert(callers.has(path), path);
});

Deno.test("Binder installs what the notebooks run on everywhere, and pins what it adds", async () => {
  const lines = (await read(".binder/requirements.txt")).split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  assertEquals(lines[0], "-r ../notebooks/jupyter/requirements.txt");
  for (const line of lines.slice(1)) assertMatch(line, /^[\w-]+==[\d.]+$/);
  assert(!lines.some((line) => line.startsWith("deno==")));
});

Deno.test("Binder signs the project's notebooks and no others", async () => {
  const [, patterns] = (await read(".binder/postBuild")).match(/^jupyter trust (.*)$/m)!;
  const folder = new URL("notebooks/", root);
  const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => `notebooks/${name}`);
  const signed = patterns.split(" ").map(globToRegExp).flatMap((pattern) =>
    names.filter((name) => pattern.test(name))
  );
  const own = (await findNotebooks()).map((path) => `notebooks/${basename(path)}`);
  assertEquals(signed.sort(), own);
});

/** The few wildcards of the shell that are used here. */
function globToRegExp(glob: string): RegExp {
  return new RegExp(`^${glob.replaceAll(".", "\\.").replaceAll("*", ".*")}$`);
}

Deno.test("Binder, the dev container and continuous integration have the same Python", async () => {
  const [, python] = ci.match(/python-version: "([\d.]+)"/)!;
  assertEquals((await read(".binder/runtime.txt")).trim(), `python-${python}`);
  assert(container.image.includes(`python:1-${python}-`), container.image);
});

Deno.test("the dev container and continuous integration have the same Node.js", () => {
  const [, node] = ci.match(/node-version: (\d+)/)!;
  const [feature] = Object.keys(container.features).filter((name) => name.includes("/node:"));
  assertEquals(container.features[feature].version, node);
});

Deno.test("VS Code is offered the same extensions inside and outside of the dev container", async () => {
  const { recommendations } = await readJson(".vscode/extensions.json");
  assertEquals(container.customizations.vscode.extensions, recommendations);
  const settings = await readJson(".vscode/settings.json");
  assertEquals(settings["deno.enable"], true);
  assertMatch(settings["python.defaultInterpreterPath"], /\/\.venv\/bin\/python$/);
  assertEquals(settings["deno.path"], ".venv/bin/deno");
});

Deno.test("scripts that others run name files and tasks that exist, and may be run", async () => {
  const [path] = (await read(".binder/postBuild")).match(/notebooks\/jupyter\/\w+\.ts/)!;
  assert((await Deno.stat(new URL(path, root))).isFile, path);
  const { tasks } = await readJson("deno.json");
  for (
    const text of [container.postCreateCommand, await read("README.md"), await read(".ci/run")]
  ) {
    const named = [...text.matchAll(/deno@[\d.]+ task (\w+)/g)].map(([, task]) => task);
    assert(named.length > 0);
    for (const task of named) assert(task in tasks, `there is no task ${task}`);
  }
  if (Deno.build.os === "windows") return;
  for (const path of [".binder/postBuild", ".ci/run"]) {
    const { mode } = await Deno.stat(new URL(path, root));
    assert((mode! & 0o111) !== 0, `${path} is not executable`);
  }
});

Deno.test("the kernel is the Deno it is told, and stops when asked instead of ending", async () => {
  const prefix = await Deno.makeTempDir();
  try {
    await writeKernelspec(prefix, "/somewhere/deno");
    const file = join(prefix, "share", "jupyter", "kernels", "deno", "kernel.json");
    const kernelspec = JSON.parse(await Deno.readTextFile(file));
    assertEquals(kernelspec.argv[0], "/somewhere/deno");
    assertEquals(kernelspec.interrupt_mode, "message");
  } finally {
    await Deno.remove(prefix, { recursive: true });
  }
});
