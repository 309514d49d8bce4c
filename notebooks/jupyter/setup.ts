/**
 * Installs what the notebooks run on: JupyterLab, the tools that execute
 * notebooks, and the pinned Deno that is their kernel. Everything goes into the
 * hidden folder `.venv` of the project; nothing outside the project is touched.
 * Run by itself, it does this and no more.
 *
 * @module
 */
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeKernelspec } from "./kernelspec.ts";

/** The folder of the project. */
export const root: string = fileURLToPath(new URL("../../", import.meta.url)).slice(0, -1);

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
  /** The environment to run them in: it keeps settings, history and caches inside `.venv`. */
  env: Record<string, string>;
}

/** A problem that the reader can solve; its message says how. */
export class SetupError extends Error {
  override name = "SetupError";
}

const windows = Deno.build.os === "windows";
const venv = join(root, ".venv");
const bin = join(venv, windows ? "Scripts" : "bin");
const executable = windows ? ".exe" : "";
const home = join(venv, "jupyter");
const lockFile = join(venv, "setup.lock");

const jupyter: Jupyter = {
  python: join(bin, `python${executable}`),
  bin,
  runtime: join(home, "runtime"),
  checkpoints: join(home, "checkpoints"),
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
    PIP_USER: "0",
    PYTHONHOME: "",
    PYTHONNOUSERSITE: "1",
    PYTHONPATH: "",
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
  const requirements = join(import.meta.dirname!, "requirements.txt");
  const stampFile = join(venv, "installed.txt");
  // An environment knows its own place, so it cannot be moved with the project.
  const stamp = `${venv}\n${await Deno.readTextFile(requirements)}`;

  if (await exists(venv) && !await exists(lockFile) && await exists(join(venv, "pyvenv.cfg"))) {
    throw new SetupError(`${venv} was made by something else: move or delete it, then try again.`);
  }
  await Deno.mkdir(venv, { recursive: true });
  using _lock = await lockVenv();

  const installed = await readIfThere(stampFile) === stamp && await works(jupyter.python);
  if (!installed) {
    for await (const { name } of Deno.readDir(venv)) {
      if (name !== "setup.lock") await Deno.remove(join(venv, name), { recursive: true });
    }
    const python = await findPython();
    console.error(`Installing JupyterLab and the Deno kernel into ${venv} (once, about a minute)`);
    await run(python, ["-m", "venv", venv], "make a virtual environment");
    await pipInstall(["--requirement", requirements], "JupyterLab");
  }
  await Deno.mkdir(jupyter.runtime, { recursive: true });
  await writeKernelspec(venv, join(bin, `deno${executable}`));
  await writeLabDefaults();
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
  using _lock = await lockVenv();
  if (await readIfThere(stampFile) !== stamp) {
    console.error(`Installing packages for ${name} into ${venv} (once, some seconds)`);
    await pipInstall(["--no-deps", "--requirement", requirements], `packages for ${name}`);
    await Deno.writeTextFile(stampFile, stamp);
  }
  return jupyter;
}

/** Waits until no other process installs anything, and keeps others from it until disposed. */
async function lockVenv(): Promise<Deno.FsFile> {
  const lock = await Deno.open(lockFile, { create: true, write: true });
  await lock.lock(true);
  return lock;
}

/** JupyterLab is light or dark like the browser, and asks nobody for news. */
async function writeLabDefaults(): Promise<void> {
  await writeJson(["share", "jupyter", "lab", "settings", "overrides.json"], {
    "@jupyterlab/apputils-extension:notification": { checkForUpdates: false, fetchNews: "false" },
    "@jupyterlab/apputils-extension:themes": { "adaptive-theme": true },
  });
}

async function writeJson(path: string[], content: unknown): Promise<void> {
  const file = join(venv, ...path);
  await Deno.mkdir(join(file, ".."), { recursive: true });
  await Deno.writeTextFile(file, JSON.stringify(content, null, 2) + "\n");
}

/** A Python that is new enough and can make virtual environments. */
async function findPython(): Promise<string> {
  const candidates = [
    "python3",
    "python",
    "python3.14",
    "python3.13",
    "python3.12",
    "python3.11",
    "python3.10",
  ];
  const script = "import sys; print('%d.%d' % sys.version_info[:2], sys.version_info >= (3, 10))";
  let tooOld = "";
  for (const python of candidates) {
    const [version, newEnough] = (await output(python, ["-c", script])).split(/\s+/);
    if (newEnough === "True") {
      if (await output(python, ["-c", "import ensurepip, venv; print('ok')"]) === "ok") {
        return python;
      }
      throw new SetupError(
        `Python ${version} lacks the modules venv and ensurepip that the notebooks need: ` +
          `install them, on Debian and Ubuntu with "sudo apt install python3-venv".`,
      );
    }
    tooOld ||= version;
  }
  throw new SetupError(
    tooOld
      ? `The notebooks need Python 3.10 or newer and found ${tooOld}: install one from https://www.python.org/downloads/.`
      : `The notebooks need Python 3.10 or newer and found none: install it from https://www.python.org/downloads/.`,
  );
}

/** The standard output of a command, or "" if it cannot be run or fails. */
async function output(command: string, args: string[]): Promise<string> {
  try {
    const { success, stdout } = await new Deno.Command(command, {
      args,
      stdin: "null",
      stderr: "null",
    }).output();
    return success ? new TextDecoder().decode(stdout).trim() : "";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

async function run(command: string, args: string[], purpose: string): Promise<void> {
  const { env } = jupyter;
  const { success, stderr } = await new Deno.Command(command, {
    args,
    env,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (success) return;
  const reason = new TextDecoder().decode(stderr).trim().split("\n").at(-1) ?? "";
  throw new SetupError(`Could not ${purpose}: ${reason || "no reason was given"}`);
}

async function pipInstall(what: string[], name: string): Promise<void> {
  await run(jupyter.python, ["-m", "pip", "install", "--quiet", ...what], `install ${name}`);
  await Deno.remove(join(venv, "pip"), { recursive: true }).catch(() => {});
}

async function works(python: string): Promise<boolean> {
  return await exists(python) && await output(python, ["-c", "print('ok')"]) === "ok";
}

/** Whether there is a file or a folder of that path. */
export async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

async function readIfThere(path: string): Promise<string> {
  return await Deno.readTextFile(path).catch(() => "");
}

/** Runs a task's main function; a problem that the reader can solve ends it in one sentence. */
export async function runTask(main: () => Promise<number>): Promise<never> {
  try {
    Deno.exit(await main());
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    Deno.exit(1);
  }
}

if (import.meta.main) {
  await runTask(async () => {
    await setup();
    console.log(`JupyterLab and the Deno kernel are in ${venv}`);
    return 0;
  });
}
