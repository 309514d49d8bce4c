/**
 * Installs what the notebooks run on: JupyterLab, the tools that execute
 * notebooks, and the pinned Deno that is their kernel. Everything goes into the
 * hidden folder `.venv` of the project; nothing outside the project is touched.
 * `deno task setup` does this and no more; the other tasks do it when needed.
 *
 * @module
 */
import { delimiter, join } from "node:path";
import { writeKernelspec } from "./kernelspec.ts";
import { findPython, isSystemError, output, run } from "./python.ts";
import { exists, root, runTask, SetupError, takeNothing } from "./task.ts";
import { signStored } from "./trust.ts";

export { exists, root, runTask, SetupError } from "./task.ts";

/** An installed Jupyter. */
export interface Jupyter {
  /** The Python of `.venv`. */
  python: string;
  /** The folder of the executables of `.venv`. */
  bin: string;
  /** Where running servers say how to reach them. */
  runtime: string;
  /** Where JupyterLab keeps the earlier version of an edited notebook. */
  checkpoints: string;
  /** The file that says which stored notebooks were signed last. */
  known: string;
  /** The environment to run them in: it keeps settings, history and caches inside `.venv`. */
  env: Record<string, string>;
}

const windows = Deno.build.os === "windows";
const place = join(root, ".venv");
/** Where a link leads, so that what is there has one name, however many projects share it. */
const venv = leadsElsewhere() ? Deno.realPathSync(place) : place;
const bin = join(venv, windows ? "Scripts" : "bin");
const executable = windows ? ".exe" : "";
const home = join(venv, "jupyter");
const lockFile = join(venv, "setup.lock");
const deno = join(bin, `deno${executable}`);

const jupyter: Jupyter = {
  python: join(bin, `python${executable}`),
  bin,
  runtime: join(home, "runtime"),
  checkpoints: join(home, "checkpoints"),
  known: join(home, "signed.txt"),
  env: {
    PATH: bin + delimiter + (Deno.env.get("PATH") ?? ""),
    VIRTUAL_ENV: venv,
    IPYTHONDIR: join(home, "ipython"),
    JUPYTER_CONFIG_DIR: join(home, "config"),
    JUPYTER_CONFIG_PATH: "",
    JUPYTER_DATA_DIR: join(home, "data"),
    JUPYTER_PATH: "",
    JUPYTER_RUNTIME_DIR: join(home, "runtime"),
    JUPYTERLAB_DIR: join(venv, "share", "jupyter", "lab"),
    JUPYTERLAB_SETTINGS_DIR: join(home, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(home, "workspaces"),
    JUPYTER_PLATFORM_DIRS: "1",
    PIP_CACHE_DIR: join(venv, "pip"),
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
    // Other places to install into.
    PIP_PREFIX: "",
    PIP_ROOT: "",
    PIP_TARGET: "",
    PIP_USER: "0",
    PYTHONHOME: "",
    PYTHONNOUSERSITE: "1",
    PYTHONPATH: join(home, "python"),
    PYTHONPYCACHEPREFIX: join(venv, "pycache"),
    PYTHONUTF8: "1",
  },
};

/**
 * Installs what is missing. It does nothing when all is there, and starts over
 * when the requirements changed, the project moved, or an earlier installation
 * was cut short.
 *
 * @throws {SetupError} if Python is missing or too old, or the installation fails.
 */
export async function setup(): Promise<Jupyter> {
  try {
    return await install();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const advice = error.code === "ENOSPC"
      ? "the disk is full"
      : "the project must be in a folder where you may write";
    throw new SetupError(`Could not install into ${place}: ${advice} (${error.message}).`);
  }
}

async function install(): Promise<Jupyter> {
  const requirements = join(import.meta.dirname!, "requirements.txt");
  const stampFile = join(venv, "installed.txt");
  // An environment knows its own place, so it cannot be moved with the project.
  const stamp = `${venv}\n${await Deno.readTextFile(requirements)}`;

  const isOther = await exists(venv)
    ? !(await Deno.stat(venv)).isDirectory ||
      !await exists(lockFile) && await exists(join(venv, "pyvenv.cfg"))
    : await Deno.lstat(venv).then(() => true, () => false); // a link to nowhere
  if (isOther) {
    throw new SetupError(`${place} was made by something else: move or delete it, then try again.`);
  }
  await Deno.mkdir(venv, { recursive: true });
  using _lock = await lock("setup", "another set-up is installing");

  const installed = await readIfThere(stampFile) === stamp && await works(jupyter.python);
  if (!installed) {
    const entries = await Array.fromAsync(Deno.readDir(venv));
    const remains = entries.filter(({ name }) => !name.endsWith(".lock"));
    // What lies behind a link, others may be using.
    if (venv !== place && remains.length > 0) {
      throw new SetupError(
        `${place} leads to ${venv}, which is set up for another project or for other versions: ` +
          "delete the link, or set that one up anew where it belongs.",
      );
    }
    for (const { name } of remains) await Deno.remove(join(venv, name), { recursive: true });
    const python = await findPython();
    console.error(
      `Installing JupyterLab and the Deno kernel into ${venv} (once, one to some minutes)`,
    );
    const { env } = jupyter;
    const purpose = "make a virtual environment";
    // By itself, because what it says is lost otherwise.
    await run(python, ["-m", "venv", "--without-pip", venv], env, purpose);
    await run(jupyter.python, ["-m", "ensurepip", "--default-pip"], env, purpose);
    await pipInstall([], requirements, "JupyterLab");
    await run(jupyter.python, ["-c", "import jupyterlab, nbclient"], env, "load JupyterLab");
    await run(deno, ["--version"], env, "start the Deno kernel");
  }
  await Deno.mkdir(jupyter.runtime, { recursive: true });
  await writeKernelspec(venv, deno);
  await writeLabDefaults();
  await writePythonDefaults();
  if (!installed) await Deno.writeTextFile(stampFile, stamp);
  return jupyter;
}

/**
 * Installs packages beside Jupyter, after {@link setup}. It does nothing when they are there.
 *
 * @param name what the packages are, in a word that no other call uses.
 * @param requirements the path of a file that lists all packages, also those that others need.
 * @throws {SetupError} if the installation fails.
 */
export async function setupPackages(name: string, requirements: string): Promise<Jupyter> {
  await setup();
  const stampFile = join(venv, `installed-${name}.txt`);
  const stamp = await Deno.readTextFile(requirements);
  using _lock = await lock("setup", "another set-up is installing");
  if (await readIfThere(stampFile) !== stamp) {
    console.error(`Installing packages for ${name} into ${venv} (once, some seconds)`);
    await pipInstall(["--no-deps"], requirements, `packages for ${name}`);
    await Deno.writeTextFile(stampFile, stamp);
  }
  return jupyter;
}

/**
 * Waits until no other process has the lock of that name, and keeps it from others until disposed.
 *
 * @param name what must not be done twice at once.
 * @param who what to say if the wait is long: who has the lock.
 */
export async function lock(name: string, who: string): Promise<Deno.FsFile> {
  const file = await Deno.open(join(venv, `${name}.lock`), { create: true, write: true });
  const timer = setTimeout(() => console.error(`Waiting: ${who}.`), 1000);
  try {
    await file.lock(true);
  } finally {
    clearTimeout(timer);
  }
  return file;
}

/** Whether `.venv` is a link to a folder. */
function leadsElsewhere(): boolean {
  try {
    return Deno.lstatSync(place).isSymlink && Deno.statSync(place).isDirectory;
  } catch {
    return false;
  }
}

/**
 * JupyterLab is light or dark like the browser, and asks nobody for news. It has all cells of a
 * notebook in the page: else those that come into view are blank first, and move all others.
 */
async function writeLabDefaults(): Promise<void> {
  await writeJson(["share", "jupyter", "lab", "settings", "overrides.json"], {
    "@jupyterlab/apputils-extension:notification": { checkForUpdates: false, fetchNews: "false" },
    "@jupyterlab/apputils-extension:themes": { "adaptive-theme": true },
    "@jupyterlab/notebook-extension:tracker": { windowingMode: "none" },
  });
}

/**
 * What reads a notebook, be it JupyterLab or Sphinx, loads jsonschema, which takes three seconds to
 * make a parser of international addresses. Nothing here asks for one, and jsonschema does without.
 */
async function writePythonDefaults(): Promise<void> {
  const text = 'import sys\n\nsys.modules["rfc3987_syntax"] = None\n';
  await write(["jupyter", "python", "sitecustomize.py"], text);
}

async function writeJson(path: string[], content: unknown): Promise<void> {
  await write(path, JSON.stringify(content, null, 2) + "\n");
}

async function write(path: string[], text: string): Promise<void> {
  const file = join(venv, ...path);
  await Deno.mkdir(join(file, ".."), { recursive: true });
  await Deno.writeTextFile(file, text);
}

async function pipInstall(how: string[], requirements: string, name: string): Promise<void> {
  const { python, env } = jupyter;
  const what = ["--quiet", ...how, "--requirement", requirements];
  const start = Date.now();
  const signOfLife = setInterval(() => {
    console.error(`  still installing, after ${Math.round((Date.now() - start) / 1000)} s`);
  }, 15_000);
  try {
    await run(python, ["-m", "pip", "install", ...what], env, `install ${name}`);
  } finally {
    clearInterval(signOfLife);
  }
  await Deno.remove(join(venv, "pip"), { recursive: true }).catch(() => {});
  // Those that are needed on some systems only have a condition after them.
  const lines = await Deno.readTextFile(requirements);
  const names = [...lines.matchAll(/^([\w.-]+)==[^\s;]+$/gm)].map(([, name]) => name);
  const script = "import sys, importlib.metadata as m; [m.version(name) for name in sys.argv[1:]]";
  const where = "do pip's settings have a target, a prefix or a root? python -m pip config list";
  await run(python, ["-c", script, ...names], env, `find ${name} where pip put it (${where})`);
}

async function works(python: string): Promise<boolean> {
  return await exists(python) && await output(python, ["-c", "print('ok')"]) === "ok";
}

async function readIfThere(path: string): Promise<string> {
  return await Deno.readTextFile(path).catch(() => "");
}

if (import.meta.main) {
  await runTask(async (args) => {
    takeNothing(args);
    await signStored(await setup());
    console.log(`JupyterLab and the Deno kernel are in ${venv}`);
    return 0;
  });
}
