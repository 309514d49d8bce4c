import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { assertEquals, assertRejects } from "../../support/assert.ts";
import {
  compile,
  MLP,
  RandomGenerator,
  save,
  SGD,
  toJSON,
  toONNX,
  toSafetensors,
  Value,
} from "../../../mod.ts";
import { withFolder } from "../../support/files.ts";
import { untyped } from "../../support/helpers.ts";
import { needs } from "../../support/permissions.ts";

const onDisk = needs("read", "write");
const model = new MLP(3, [4, 1], { generator: new RandomGenerator(1) });

Deno.test("save() tells the format by the extension, in capitals or not", onDisk, async () => {
  await withFolder(async (folder) => {
    const read = async (name: string) => {
      await save(model, join(folder, name));
      return await Deno.readFile(join(folder, name));
    };
    assertEquals(await read("a.json"), new TextEncoder().encode(toJSON(model)));
    assertEquals(await read("a.b.safetensors"), toSafetensors(model));
    assertEquals(await read("a.onnx"), toONNX(model));
    assertEquals(await read("A.ONNX"), toONNX(model));
  });
});

Deno.test("save() takes a URL, and replaces a file", onDisk, async () => {
  await withFolder(async (folder) => {
    const path = join(folder, "größe 1.json");
    await Deno.writeTextFile(path, "x".repeat(10_000));
    await save(model, pathToFileURL(path));
    assertEquals(await Deno.readTextFile(path), toJSON(model));
  });
});

Deno.test(
  "save() refuses other extensions, names the three, and writes nothing",
  onDisk,
  async () => {
    await withFolder(async (folder) => {
      for (const name of ["model.pt", "model", "model.json.gz", ".d/model", "json"]) {
        await assertRejects(
          () => save(model, join(folder, name)),
          RangeError,
          "save: path must end in .json, .safetensors or .onnx, got",
        );
      }
      assertEquals([...Deno.readDirSync(folder)], []);
    });
  },
);

Deno.test("save() leaves the file as it was if the model cannot be saved", onDisk, async () => {
  const broken = new MLP(1, [1]);
  broken.layers[0].neurons[0].b.data = NaN;
  await withFolder(async (folder) => {
    for (const name of ["m.json", "m.safetensors", "m.onnx"]) {
      const path = join(folder, name);
      await Deno.writeTextFile(path, "before");
      await assertRejects(() => save(broken, path), RangeError, "neurons[0].b must be a finite");
      assertEquals(await Deno.readTextFile(path), "before");
    }
  });
});

Deno.test("save() refuses arguments of another type", async () => {
  await assertRejects(
    () => save(untyped({}), "m.json"),
    TypeError,
    "save: model must be a Module, an optimizer or what else has a stateDict(), or an object of such, got an",
  );
  // @ts-expect-error no path
  await assertRejects(() => save(model, 3), TypeError, "save: path must be a string or a URL, got");
});

Deno.test(
  "save() writes a program as three files, by path or URL, and refuses others",
  onDisk,
  async () => {
    const [x, w] = [1, 3].map((data) => new Value(data));
    const y = x.mul(w), optimizer = new SGD([w]);
    const program = compile(y, { inputs: [x], parameters: [w], outputs: [y] });
    await withFolder(async (folder) => {
      const read = async (path: string | URL, name: string) => {
        await save(program, path, { optimizer });
        const [js, types] = await Promise.all(
          [".js", ".d.ts"].map((ending) => Deno.readTextFile(join(folder, name + ending))),
        );
        return { js, types, wasm: await Deno.readFile(join(folder, `${name}.wasm`)) };
      };
      for (const name of ["model", "größe #1", "a.b"]) {
        const path = join(folder, `${name}.js`);
        for (const at of [path, pathToFileURL(path)]) {
          assertEquals(await read(at, name), program.standalone({ name, optimizer }));
        }
      }
    });
    await withFolder(async (folder) => {
      await assertRejects(
        () => save(program, join(folder, "model.json")),
        RangeError,
        "save: path must end in .js for a program, got",
      );
      await assertRejects(
        () => save(program, join(folder, "model.js"), { optimizer: new SGD([x]) }),
        RangeError,
        "Program.standalone: optimizer.parameters must be the program's",
      );
      await assertRejects(
        () => save(model, join(folder, "model.json"), { optimizer }),
        RangeError,
        "save: optimizer must be left out for what is not a compiled program",
      );
      assertEquals([...Deno.readDirSync(folder)], []);
    });
  },
);
