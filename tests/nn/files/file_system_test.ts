import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import { briefPath, extension, fileSystem } from "../../../nn/files/file_system.ts";

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

Deno.test("an extension is what follows the last dot of the name, in small letters", () => {
  const paths = {
    "model.json": ".json",
    "a.b/Model.ONNX": ".onnx",
    "model.json.gz": ".gz",
    "model": "",
    ".d/model": "",
    "C:\\a.b\\model": "",
  };
  for (const [path, expected] of Object.entries(paths)) {
    assertEquals(extension("load", path), expected, path);
  }
  assertEquals(extension("load", new URL("file:///a/model.json?b=c.onnx")), ".json");
});

Deno.test("what is neither a text nor a URL has none", () => {
  for (const [path, got] of [[3, "number 3"], [undefined, "undefined"]] as const) {
    assertThrows(
      // @ts-expect-error no path
      () => extension("load", path),
      TypeError,
      `load: path must be a string or a URL, got ${got}`,
    );
  }
});

Deno.test("a long path is told by its end", () => {
  assertEquals(briefPath("a/b.json"), "a/b.json");
  assertEquals(briefPath(`${"x".repeat(999)}/b.json`), `…${"x".repeat(112)}/b.json`);
  assertEquals(briefPath("\u001b[31m.json"), "\\u001b[31m.json");
});
