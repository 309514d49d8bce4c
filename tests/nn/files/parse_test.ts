import { fromJSON, fromSafetensors, load, MLP, toJSON } from "../../../mod.ts";
import { parseObject, strangerIn } from "../../../nn/files/parse.ts";
import { assertEquals, assertRejects, assertThrows } from "../../support/assert.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("an object is read from a text and from its bytes", () => {
  assertEquals(parseObject("it", '{"a": [1]}'), { a: [1] });
  assertEquals(parseObject("it", bytes('{"ü": null}')), { "ü": null });
});

Deno.test("what is not JSON, not UTF-8 or no object is refused by its name", () => {
  assertThrows(() => parseObject("it", '{"a": [1'), SyntaxError, "it is not JSON: ");
  const cut = bytes('{"ü": 1}').filter((byte) => byte !== 0xbc);
  assertThrows(() => parseObject("it", cut), SyntaxError, "it is not JSON: ");
  assertThrows(
    () => parseObject("it", "[1]"),
    TypeError,
    "it must be an object, got an array of 1",
  );
  assertThrows(() => parseObject("it", bytes("null")), TypeError, "it must be an object, got null");
});

const pointer = "version https://git-lfs.github.com/spec/v1\n" +
  "oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";
const page = "\n<!DOCTYPE html>\n<html><head><title>404</title></head></html>";
const model = new MLP(1, [1]);

Deno.test("pointers of Git LFS, pages of HTML and JSON given as safetensors are called that", () => {
  const files: [string, RegExp][] = [
    [pointer, /^fromSafetensors: the file must be safetensors, got a pointer of Git LFS.*lfs pull/],
    [page, /^fromSafetensors: the file must be safetensors, got a page of HTML/],
    ["<html>", /a page of HTML/],
    ["\uFEFF<?xml version='1.0'?>", /a page of HTML/],
    [toJSON(model), /^fromSafetensors: the file must be safetensors, got JSON: .*\.json/],
    ["[1, 2, 3, 4]", /got JSON/],
    ['{"a": 1}', /got JSON/],
  ];
  for (const [text, message] of files) {
    assertThrows(() => fromSafetensors(bytes(text), model), SyntaxError);
    try {
      fromSafetensors(bytes(text), model);
    } catch (error) {
      assertEquals(message.test((error as Error).message), true, (error as Error).message);
    }
  }
});

Deno.test("the same files given as JSON are called what they are, too", () => {
  assertThrows(
    () => fromJSON(pointer),
    SyntaxError,
    "fromJSON: text is not JSON: a pointer of Git LFS",
  );
  assertThrows(() => fromJSON(page), SyntaxError, "fromJSON: text is not JSON: a page of HTML");
});

Deno.test("what is not plainly something else is not called so", () => {
  assertEquals(["", "{", "x < 1", "version 2"].map(strangerIn), Array(4).fill(undefined));
});

Deno.test("an address is no path: load() says to fetch it", async () => {
  const addresses = [
    new URL("http://example.com/model.json"),
    "https://example.com/model.safetensors",
    new URL("data:application/json,{}"),
  ];
  for (const address of addresses) {
    await assertRejects(
      () => load(address),
      RangeError,
      `load: path must be that of a file here, got ${address}: fetch it`,
    );
  }
});
