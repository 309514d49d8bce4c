import { assertEquals, assertThrows } from "./assert.ts";
import type { MLP } from "../../mod.ts";

/** The parameters of a model as numbers. */
export function numbersOf(model: MLP): number[] {
  return model.parameters().map(({ data }) => data);
}

/** Fails unless reading throws the error, its message in full, and leaves the model as it was. */
export function assertRefused(model: MLP, read: () => unknown, Class: typeof Error, text: string) {
  const before = numbersOf(model);
  const { message } = assertThrows(read, Class);
  assertEquals(message.slice(0, text.length), text);
  assertEquals(numbersOf(model), before);
}

/** Calls `use` with a new folder, which is removed afterwards. */
export async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
