/**
 * The modules of the library and what they import of each other, by paths
 * relative to the project.
 *
 * @module
 */

/** One module names another: it loads it at once or on demand, or takes types of it only. */
export interface Arrow {
  from: string;
  to: string;
  kind: "static" | "dynamic" | "type";
}

const root = new URL("../../", import.meta.url);

/** What a command of Deno says as JSON. */
export async function askDeno(...args: string[]): Promise<unknown> {
  const command = new Deno.Command(Deno.execPath(), { args, cwd: root, stderr: "inherit" });
  return JSON.parse(new TextDecoder().decode((await command.output()).stdout));
}

/** The paths of all files under a folder that end in one of these ways, in order. */
export function filesIn(folder: string, ...endings: string[]): string[] {
  return [...Deno.readDirSync(new URL(`${folder}/`, root))].flatMap(({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    if (isDirectory) return filesIn(path, ...endings);
    return endings.some((ending) => path.endsWith(ending)) ? [path] : [];
  }).sort();
}

/** The folder of a path. */
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

interface Info {
  modules: {
    specifier: string;
    dependencies?: {
      specifier: string;
      code?: { specifier?: string };
      type?: { specifier?: string };
      isDynamic?: boolean;
    }[];
  }[];
}

/** What the modules import that can be reached from the one of that path. */
export async function readArrows(path: string): Promise<Arrow[]> {
  const { modules } = await askDeno("info", "--json", path) as Info;
  const relative = (specifier: string) => specifier.replace(root.href, "");
  return modules.filter(({ specifier }) => specifier.startsWith(root.href)).flatMap((module) =>
    (module.dependencies ?? []).map(({ specifier, code, type, isDynamic }): Arrow => ({
      from: relative(module.specifier),
      to: relative(code?.specifier ?? type?.specifier ?? specifier),
      kind: code === undefined ? "type" : isDynamic ? "dynamic" : "static",
    }))
  );
}
