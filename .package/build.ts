/**
 * Makes the library for Node, Bun and browsers, a package for npm: `deno task bundle`.
 *
 * Its own code becomes one file, the digits in it. The packages that pictures need stay outside,
 * as optional dependencies: 0.9 megabytes instead of 3.7, no copies of other people's code with
 * their licences, and whoever wants no pictures leaves them out.
 *
 * @module
 */
import { join, relative } from "node:path";
import * as extension from "../engine/extend.ts";
import { runTask } from "../notebooks/jupyter/task.ts";

const root = join(import.meta.dirname!, "..");

/** Where `deno task bundle` puts the package. */
export const packageFolder: string = join(root, ".output", "package");

/**
 * Makes the package; what was in the folder is replaced.
 *
 * @throws {Error} if a step fails; its reason is the message.
 */
export async function buildPackage(folder: string): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await Deno.mkdir(folder, { recursive: true });
  const write = (name: string, text: string) => Deno.writeTextFile(join(folder, name), text);

  const packages: Record<string, string> = {};
  const code = (await bundle(".package/chainrule.ts"))
    .replace(/"npm:([^"]+)@([^"@]+)"/g, (_, name, version) => {
      packages[name] = version;
      return `"${name}"`;
    })
    .replace('"./worker.ts"', '"./worker.js"');
  await write("chainrule.js", code);
  await write("worker.js", await bundle("engine/compile/run/worker.ts"));
  await write(
    "extend.js",
    `export { ${Object.keys(extension).join(", ")} } from "./chainrule.js";\n`,
  );
  await writeTypes(folder);
  for (const name of ["README.md", "LICENSE", "CHANGELOG.md"]) {
    await Deno.copyFile(join(root, name), join(folder, name));
  }
  const { name, version, license } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  const door = (types: string, file: string) => ({
    types: `./types/${types}.d.ts`,
    default: `./${file}.js`,
  });
  const description = {
    name,
    version,
    description: "Neural networks as math expressions",
    license,
    type: "module",
    engines: { node: ">=20.16" },
    exports: { ".": door("mod", "chainrule"), "./extend": door("engine/extend", "extend") },
    sideEffects: false,
    optionalDependencies: packages,
  };
  await write("package.json", JSON.stringify(description, null, 2) + "\n");
}

/** A module and all of ours that it loads, as one module of JavaScript. */
function bundle(path: string): Promise<string> {
  return run("deno", "bundle", "--quiet", "--platform", "browser", "--external", "npm:*", path);
}

/** The declarations of what the doors export, as `deno pack` makes them. */
async function writeTypes(folder: string): Promise<void> {
  const work = await Deno.makeTempDir();
  try {
    const archive = join(work, "packed.tgz");
    await run("deno", "pack", "--quiet", "--allow-dirty", "--output", archive);
    await run("tar", "-xzf", archive, "-C", work);
    const from = join(work, "package");
    for await (const path of files(from)) {
      if (!path.endsWith(".d.ts")) continue;
      const to = join(folder, "types", relative(from, path));
      await Deno.mkdir(join(to, ".."), { recursive: true });
      await Deno.copyFile(path, to);
    }
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}

/** The paths of all files in a folder and those in it. */
export async function* files(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) yield* files(path);
    else yield path;
  }
}

async function run(command: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(
    command === "deno" ? Deno.execPath() : command,
    { args, cwd: root, env: { NO_COLOR: "1" } },
  ).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  if (!success) throw new Error(`${command} ${args[0]}: ${err.trim()}`);
  return out;
}

if (import.meta.main) {
  await runTask(async () => {
    await buildPackage(packageFolder);
    console.log(
      `The package: ${relative(Deno.cwd(), packageFolder)}; npm pack makes a file of it.`,
    );
    return 0;
  });
}
