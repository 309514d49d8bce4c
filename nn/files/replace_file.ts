import { fileSystem } from "./file_system.ts";

/**
 * Writes a file beside the one that it replaces, and then takes its place: where
 * the disk is full or the program ends, the old file is whole.
 *
 * A link stays one, and the file's permissions stay. Where the folder takes no
 * new file, and for what is no file, such as a pipe, it is written in place.
 *
 * @param name who asks, for errors.
 */
export async function replaceFile(
  name: string,
  path: string | URL,
  content: string | Uint8Array,
): Promise<void> {
  const fs = fileSystem(name);
  const old = await fs.stat(path).catch(() => null);
  if (old !== null && !old.isFile()) return await fs.writeFile(path, content);
  const target = old === null ? pathOf(path) : await fs.realpath(path);
  const beside = `${target}.${crypto.randomUUID().slice(0, 8)}.part`;
  let file: Awaited<ReturnType<typeof fs.open>>;
  try {
    file = await fs.open(beside, "wx", old?.mode);
  } catch (error) {
    if (old === null || !isForbidden(error)) throw error;
    return await fs.writeFile(path, content);
  }
  try {
    await write(file, content);
    await fs.rename(beside, target);
  } catch (error) {
    await fs.rm(beside, { force: true }).catch(() => {});
    throw error;
  }
}

/** An open file, as far as it is used here. */
interface OpenFile {
  writeFile(content: string | Uint8Array): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

async function write(file: OpenFile, content: string | Uint8Array): Promise<void> {
  try {
    await file.writeFile(content);
    // A name that points to a file whose content is not there yet would be worse than the old one.
    await file.sync();
  } finally {
    await file.close();
  }
}

function pathOf(path: string | URL): string {
  if (typeof path === "string") return path;
  return globalThis.process.getBuiltinModule("node:url").fileURLToPath(path);
}

function isForbidden(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? error.code : "";
  return error.name === "NotCapable" || code === "EACCES" || code === "EPERM";
}
