import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import { fileSystem } from "../../../nn/files/file_system.ts";

Deno.test("there is a file system in Deno", () => {
  assertEquals(typeof fileSystem("save").writeFile, "function");
});

Deno.test("where there is none, as in a page, an error says what works without", () => {
  const { process } = globalThis;
  const hidden = Object.getOwnPropertyDescriptor(globalThis, "process");
  assert(hidden !== undefined);
  for (const other of [undefined, {}]) {
    Object.defineProperty(globalThis, "process", { value: other, configurable: true });
    try {
      assertThrows(
        () => fileSystem("save"),
        Error,
        "save: there is no file system here; toJSON and fromJSON, toSafetensors and " +
          "fromSafetensors, toONNX, and standalone() of a program work without",
      );
    } finally {
      Object.defineProperty(globalThis, "process", hidden);
    }
  }
  assert(globalThis.process === process);
});
