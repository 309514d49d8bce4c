import { checkCount } from "../../engine/internal.ts";
import { checkInstance } from "../check.ts";
import type { MLP } from "../mlp.ts";
import { Module } from "../module.ts";
import { briefPath, extension, fileSystem } from "./file_system.ts";
import { readJSON } from "./json.ts";
import { readSafetensors } from "./safetensors.ts";
import { checkSaveable, type Saveable } from "./saveable.ts";

/**
 * Reads a network from a `.json` file that {@link save} wrote.
 *
 * @param path a path, or a `file:` URL.
 * @returns a new network, as {@link fromJSON} makes it.
 * @throws {TypeError} if `path` is neither a string nor a URL, ends in `.safetensors`, or
 * something in the file is not of its type.
 * @throws {RangeError} if the extension is another, or the file not of such a network.
 * @throws {SyntaxError} if the file is not JSON, for instance because its end is missing.
 * @throws {Error} if there is no such file (its `code` is `"ENOENT"`), or no file system, as in a
 * browser.
 * @category Files
 *
 * @example
 * ```ts
 * import { load, MLP, save } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const folder = await Deno.makeTempDir();
 * await save(new MLP(3, [4, 1]), `${folder}/model.json`);
 * const model = await load(`${folder}/model.json`);
 * deepEqual(String(model), "MLP(3, [4, 1], tanh): 21 parameters");
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function load(path: string | URL): Promise<MLP>;
/**
 * Fills a module from a `.json` file of the same architecture, or from a
 * `.safetensors` file of the same sizes, for instance one that PyTorch wrote; or something else
 * that {@link save} has written, such as `{ model, optimizer }`.
 *
 * @param path a path, or a `file:` URL.
 * @param model what to fill, as {@link fromJSON} and {@link fromSafetensors} do. If
 * anything is wrong, it is not changed.
 * @returns `model`.
 * @throws {TypeError} if `path` is neither a string nor a URL or `model` cannot be filled, or something
 * in the file is not of its type.
 * @throws {RangeError} if the extension is another (ONNX files are written only), or the file does
 * not fit `model`.
 * @throws {SyntaxError} if the file is cut off or not in its format.
 * @throws {Error} if there is no such file (its `code` is `"ENOENT"`), or no file system, as in a
 * browser.
 * @category Files
 *
 * @example
 * ```ts
 * import { load, MLP, save } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const folder = await Deno.makeTempDir();
 * const trained = new MLP(3, [4, 1]);
 * await save(trained, `${folder}/model.safetensors`);
 * const model = await load(`${folder}/model.safetensors`, new MLP(3, [4, 1]));
 * deepEqual(model.forward([2, 3, -1]).data, trained.forward([2, 3, -1]).data);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function load<M extends Saveable>(path: string | URL, model: M): Promise<M>;
export async function load(path: string | URL, model?: Saveable): Promise<Saveable> {
  checkCount("load", arguments, 2);
  const format = extension("load", path);
  if (model !== undefined) checkSaveable("load: model", model);
  const where = `load: ${briefPath(path)}`;
  if (format === ".json") {
    return readJSON(where, await fileSystem("load").readFile(path, "utf8"), model);
  }
  if (format !== ".safetensors") {
    throw new RangeError(
      "load: path must end in .json or .safetensors (.onnx can be written but not read), " +
        `got "${briefPath(path)}"`,
    );
  }
  if (model !== undefined) {
    checkInstance("load: model, for .safetensors,", model, Module, "a Module");
    return readSafetensors(where, await fileSystem("load").readFile(path), model);
  }
  throw new TypeError("load: model must be given for .safetensors, which holds parameters only");
}
