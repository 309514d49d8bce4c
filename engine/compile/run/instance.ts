/** A function of a module, which finds everything but a few numbers in memory. */
export type ModuleFunction = (...x: number[]) => void;

/**
 * Generated modules export functions only, which return nothing.
 *
 * @param memory what the module works on.
 * @returns its functions by their names.
 */
export function instantiate(
  bytes: Uint8Array<ArrayBuffer>,
  memory: WebAssembly.Memory,
): Readonly<Record<string, ModuleFunction>> {
  const { sin, cos } = Math;
  const imports = { env: { memory }, Math: { sin, cos } };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
  if (!areFunctions(exports)) throw new Error("compile: a module exports what is no function");
  return exports;
}

function areFunctions(exports: WebAssembly.Exports): exports is Record<string, ModuleFunction> {
  return Object.values(exports).every((x) => typeof x === "function");
}
