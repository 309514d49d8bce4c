import { join } from "node:path";
import { exists, root, setup } from "../../notebooks/jupyter/setup.ts";

/** An installed Deno. */
export interface InstalledDeno {
  version: string;
  /** The path of its executable. */
  path: string;
}

const folder = join(root, ".venv", "deno-newest");

/**
 * The newest Deno that PyPI has, installed into a folder of its version inside
 * `.venv` when it is asked for the first time. Null where PyPI is out of reach.
 */
export async function newestDeno(): Promise<InstalledDeno | null> {
  const version = await newestVersion();
  if (version === null) return null;
  await Deno.mkdir(folder, { recursive: true });
  const home = join(folder, version);
  if (!await exists(home) && !await install(version, home)) return null;
  for (const name of ["deno", "deno.exe"]) {
    const path = join(home, "bin", name);
    if (await exists(path)) return { version, path };
  }
  throw new Error(`the package of Deno ${version} has no executable in ${join(home, "bin")}`);
}

async function newestVersion(): Promise<string | null> {
  try {
    const signal = AbortSignal.timeout(10_000);
    const response = await fetch("https://pypi.org/pypi/deno/json", { signal });
    if (!response.ok) {
      await response.body?.cancel();
      return null;
    }
    const { info } = await response.json() as { info: { version: string } };
    return info.version;
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return null;
    throw error;
  }
}

/** Installs a version in place of older ones; false if pip could not get it. */
async function install(version: string, home: string): Promise<boolean> {
  const { python, env } = await setup();
  console.error(`Installing Deno ${version} into ${folder} (once, about 40 MB)`);
  const unfinished = await Deno.makeTempDir({ dir: folder });
  const { success } = await new Deno.Command(python, {
    args: ["-m", "pip", "install", "--quiet", "--no-deps", "--no-cache-dir"]
      .concat(["--target", unfinished, `deno==${version}`]),
    env,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).output();
  if (success) await Deno.rename(unfinished, home);
  for await (const { name } of Deno.readDir(folder)) {
    if (name !== version) await Deno.remove(join(folder, name), { recursive: true });
  }
  return success;
}
