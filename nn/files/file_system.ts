/** The file system of Deno, Node and Bun, by the name that all three know. */
export function fileSystem(name: string) {
  const found = globalThis.process?.getBuiltinModule?.("node:fs/promises");
  if (found !== undefined) return found;
  throw new Error(
    `${name}: there is no file system here; toJSON and fromJSON, toSafetensors and ` +
      "fromSafetensors, toONNX, and standalone() of a program work without",
  );
}
