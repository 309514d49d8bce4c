import { checkCount, checkOptions, Program } from "../../engine/internal.ts";
import type { StandaloneOptions } from "../../engine/mod.ts";
import { checkInstance } from "../check.ts";
import { Module } from "../module.ts";
import { briefPath, extension } from "./file_system.ts";
import { toJSON } from "./json.ts";
import { toONNX } from "./onnx.ts";
import { replaceFile } from "./replace_file.ts";
import { toSafetensors } from "./safetensors.ts";
import { checkSaveable, type Saveable } from "./saveable.ts";

/**
 * Settings of {@link save}.
 *
 * @category Files
 *
 * @example
 * ```ts
 * import { compile, save, type SaveOptions, SGD, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const folder = await Deno.makeTempDir();
 * const [x, w] = [1, 3].map((data) => new Value(data));
 * const program = compile(w.mul(x).pow(2), { inputs: [x], parameters: [w] });
 * const options: SaveOptions = { optimizer: new SGD([w]) };
 * await save(program, `${folder}/learns.js`, options);
 * const files = Array.from(Deno.readDirSync(folder), ({ name }) => name);
 * deepEqual(files.sort(), ["learns.d.ts", "learns.js", "learns.wasm"]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export interface SaveOptions {
  /** What a compiled program trains with where it is taken; see its `standalone`. Default: it does not. */
  optimizer?: StandaloneOptions["optimizer"];
}

/**
 * Writes a module, a compiled program, or what else can be gone on with, to a file, whose
 * extension tells the format:
 *
 * | extension      | what is in it, and what for                                             |
 * | -------------- | ----------------------------------------------------------------------- |
 * | `.json`        | an MLP, or the state of what it was, to the last bit: {@link load} it    |
 * | `.safetensors` | the parameters as doubles, for PyTorch: see {@link toSafetensors}        |
 * | `.onnx`        | the computation in doubles, for ONNX Runtime: see {@link toONNX}         |
 * | `.js`          | a compiled program, to run without this library; `.wasm` and `.d.ts` lie beside it |
 *
 * For other settings, such as singles, write the bytes of those functions with
 * `Deno.writeFile`. Where there is no file system, {@link toJSON} and the others
 * do without.
 *
 * @param model a module; for `.js` what `compile` returned; for `.json` also something with a `stateDict()`, such as an optimizer, or
 * an object of such: `save({ model, optimizer }, "training.json")`. See {@link Saveable}.
 * @param path a path, or a `file:` URL. A file that is there is replaced once the new one is written;
 * if that fails, as on a full disk, the old one stays.
 * @throws {TypeError} if `model` is nothing of that kind, or not a Module whose parameters are in
 * fields (for `.onnx`, an MLP), or an MLP's subclass with a `forward` of its own, or `path` neither
 * a string nor a URL.
 * @throws {RangeError} if the extension is another, a parameter of a Module is NaN or infinite, or
 * an optimizer is given that is not the program's. No file is written then.
 * @throws {RangeError} for an option of another name.
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
export async function save(
  model: Saveable | Program,
  path: string | URL,
  options: SaveOptions = {},
): Promise<void> {
  checkCount("save", arguments, 3);
  checkOptions<SaveOptions>("save", options, { optimizer: "Optimizer" });
  if (model instanceof Program) return await saveProgram(model, path, options);
  checkSaveable("save: model", model);
  if (options.optimizer !== undefined) {
    throw new RangeError("save: optimizer must be left out for what is not a compiled program");
  }
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

async function saveProgram(
  program: Program,
  path: string | URL,
  { optimizer }: SaveOptions,
): Promise<void> {
  if (extension("save", path) !== ".js") {
    throw new RangeError(`save: path must end in .js for a program, got "${briefPath(path)}"`);
  }
  const [, name] = String(path).match(/([^/\\]+)\.js$/i) ?? [, ""];
  const { wasm, js, types } = program.standalone({
    name: path instanceof URL ? decodeURIComponent(name) : name,
    optimizer,
  });
  const beside = (ending: string) => {
    const other = String(path).replace(/\.js$/i, ending);
    return path instanceof URL ? new URL(other) : other;
  };
  await replaceFile("save", beside(".wasm"), wasm);
  await replaceFile("save", beside(".d.ts"), types);
  await replaceFile("save", path, js);
}
