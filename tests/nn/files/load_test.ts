import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { assert, assertEquals, assertRejects } from "../../support/assert.ts";
import { load, MLP, RandomGenerator, save } from "../../../mod.ts";
import { numbersOf, withFolder } from "../../support/files.ts";
import { needs } from "../../support/permissions.ts";

const onDisk = needs("read", "write");
const generator = new RandomGenerator(1);
const trained = new MLP(3, [4, 1], { generator, activation: "relu", outputActivation: "linear" });
const make = () =>
  new MLP(3, [4, 1], { generator, activation: "relu", outputActivation: "linear" });

Deno.test("load() makes the network of a JSON file, or fills one", onDisk, async () => {
  await withFolder(async (folder) => {
    const path = join(folder, "model.json");
    await save(trained, path);
    const [made, filled] = [await load(path), make()];
    assertEquals(String(made), String(trained));
    assertEquals(numbersOf(made), numbersOf(trained));
    assert(await load(pathToFileURL(path), filled) === filled);
    assertEquals(numbersOf(filled), numbersOf(trained));
  });
});

Deno.test("load() fills a network from a safetensors file, and asks for one", onDisk, async () => {
  await withFolder(async (folder) => {
    const path = join(folder, "model.safetensors");
    await save(trained, path);
    const filled = make();
    assert(await load(path, filled) === filled);
    assertEquals(numbersOf(filled), numbersOf(trained));
    await assertRejects(() => load(path), TypeError, "load: model must be given for .safetensors");
  });
});

Deno.test("load() says in which file what is wrong, and changes nothing then", onDisk, async () => {
  await withFolder(async (folder) => {
    const wrong = {
      "a.json": `: the file is not JSON: `,
      "b.safetensors": ": the file is cut off: 1 bytes of 8 or more",
    };
    for (const [name, message] of Object.entries(wrong)) {
      const path = join(folder, name);
      await Deno.writeTextFile(path, "{");
      const model = make();
      const before = numbersOf(model);
      await assertRejects(() => load(path, model), SyntaxError, `load: ${path}${message}`);
      assertEquals(numbersOf(model), before);
    }
    const error = await assertRejects(() => load(join(folder, "c.json")), Error, "c.json");
    assert("code" in error && error.code === "ENOENT");
  });
});

Deno.test("load() refuses other extensions", async () => {
  for (const path of ["model.onnx", "model.pt", "model"]) {
    const message = "load: path must end in .json or .safetensors (.onnx can be written but not " +
      `read), got "${path}"`;
    await assertRejects(() => load(path, make()), RangeError, message);
  }
  await assertRejects(
    // @ts-expect-error no path
    () => load(null),
    TypeError,
    "load: path must be a string or a URL, got null",
  );
  await assertRejects(
    // @ts-expect-error no model
    () => load("m.json", "x"),
    TypeError,
    "load: model must be a Module, an optimizer or what else has a stateDict(), or an object of such, got string",
  );
});
