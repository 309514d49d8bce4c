import { checkCount } from "../../engine/internal.ts";
import { checkInstance } from "../check.ts";
import { Module } from "../module.ts";
import { briefPath, extension } from "./file_system.ts";
import { toJSON } from "./json.ts";
import { toONNX } from "./onnx.ts";
import { replaceFile } from "./replace_file.ts";
import { toSafetensors } from "./safetensors.ts";
import { checkSaveable, type Saveable } from "./saveable.ts";

/**
 * Writes a module, or what else can be gone on with, to a file, whose extension tells the format:
 *
 * | extension      | what is in it, and what for                                             |
 * | -------------- | ----------------------------------------------------------------------- |
 * | `.json`        | an MLP, or the state of what it was, to the last bit: {@link load} it    |
 * | `.safetensors` | the parameters as doubles, for PyTorch: see {@link toSafetensors}        |
 * | `.onnx`        | the computation in doubles, for ONNX Runtime: see {@link toONNX}         |
 *
 * For other settings, such as singles, write the bytes of those functions with
 * `Deno.writeFile`. Where there is no file system, {@link toJSON} and the others
 * do without.
 *
 * @param model a module; for `.json` also something with a `stateDict()`, such as an optimizer, or
 * an object of such: `save({ model, optimizer }, "training.json")`. See {@link Saveable}.
 * @param path a path, or a `file:` URL. A file that is there is replaced once the new one is written;
 * if that fails, as on a full disk, the old one stays.
 * @throws {TypeError} if `model` is nothing of that kind, or not a Module whose parameters are in
 * fields (for `.onnx`, an MLP), or an MLP's subclass with a `forward` of its own, or `path` neither a string nor a URL.
 * @throws {RangeError} if the extension is another, or a parameter is NaN or infinite. No file is
 * written then.
 * @throws {Error} if there is no file system, as in a browser, or it refuses.
 * @category Files
 *
 * @example
 * ```ts
 * import { load, MLP, save } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const folder = await Deno.makeTempDir();
 * const model = new MLP(3, [4, 4, 1]);
 * await save(model, `${folder}/model.json`);
 * await save(model, `${folder}/model.onnx`);
 * const same = await load(`${folder}/model.json`);
 * deepEqual(same.forward([2, 3, -1]), model.forward([2, 3, -1]));
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function save(model: Saveable, path: string | URL): Promise<void> {
  checkCount("save", arguments, 2);
  checkSaveable("save: model", model);
  const format = extension("save", path);
  const ofModules: Record<string, (model: Module) => Uint8Array> = {
    ".safetensors": toSafetensors,
    ".onnx": toONNX,
  };
  if (format === ".json") return await replaceFile("save", path, toJSON(model));
  if (!Object.hasOwn(ofModules, format)) {
    const got = briefPath(path);
    throw new RangeError(`save: path must end in .json, .safetensors or .onnx, got "${got}"`);
  }
  checkInstance(`save: model, for ${format},`, model, Module, "a Module");
  await replaceFile("save", path, ofModules[format](model));
}
