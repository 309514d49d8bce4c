import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import { MLP, RandomGenerator, toSafetensors } from "../../../mod.ts";
import { readHeader, writeHeader } from "../../../nn/files/safetensors_header.ts";
import { withFolder } from "../../support/files.ts";
import { needs } from "../../support/permissions.ts";
import { type Header, put, taken } from "../../support/safetensors.ts";

const make = () => new MLP(2, [3, 1], { generator: new RandomGenerator(1) });
const good = taken(toSafetensors(make()));
const first = "layers.0.weight";

const change = (entry: Header, name = first) =>
  put({ ...good.header, [name]: { ...good.header[name] as Header, ...entry } }, good.data);

const without = (name: string) => {
  const { [name]: _, ...rest } = good.header;
  return put(rest, good.data);
};

const longHeader = toSafetensors(make());
new DataView(longHeader.buffer).setBigUint64(0, 2n ** 63n, true);

const wrong: [string, Uint8Array, typeof Error, string][] = [
  ["empty", new Uint8Array(), SyntaxError, "the file is cut off: 0 bytes of 8 or more"],
  [
    "long header",
    longHeader,
    RangeError,
    "the header must be at most 100000000 bytes long, got 92",
  ],
  ["no JSON", put("{nothing", good.data), SyntaxError, "the header is not JSON: "],
  ["no object", put("[]", good.data), TypeError, "the header must be an object, got an array of 0"],
  ["no entry", change(7 as unknown as Header, "x.weight"), TypeError, "x.weight must have a dtype"],
  ["no dtype", change({ dtype: 3 }), TypeError, "layers.0.weight must have a dtype, a shape and"],
  ["no shape", change({ shape: "3x2" }), TypeError, "layers.0.weight must have a dtype, a shape"],
  ["a shape with halves", change({ shape: [2.5] }), TypeError, "layers.0.weight must have a dtype"],
  ["no offsets", change({ data_offsets: null }), TypeError, "layers.0.weight must have a dtype, a"],
  ["negative offset", change({ data_offsets: [-8, 40] }), TypeError, "layers.0.weight must have a"],
  [
    "one offset",
    change({ data_offsets: [48] }),
    RangeError,
    "layers.0.weight: data_offsets must be",
  ],
  [
    "reversed offsets",
    change({ data_offsets: [48, 0] }),
    RangeError,
    "layers.0.weight: data_offsets must be a begin and an end, got [48,0]",
  ],
  [
    "overlap",
    change({ data_offsets: [40, 72] }, "layers.0.bias"),
    RangeError,
    "layers.0.bias overlaps with the one before: begins at 40, not 48",
  ],
  [
    "gap",
    change({ data_offsets: [56, 72] }, "layers.0.bias"),
    RangeError,
    "layers.0.bias comes after a gap: begins at 56, not 48",
  ],
  [
    "out of range",
    change({ data_offsets: [96, 112] }, "layers.1.bias"),
    RangeError,
    "layers.1.bias ends at 112 of 104 bytes: cut off?",
  ],
  [
    "data that is nobody's",
    put(good.header, new Uint8Array(112)),
    RangeError,
    "the tensors must fill 112 bytes, got 104",
  ],
  [
    "a missing tensor",
    without("layers.1.bias"),
    RangeError,
    "the tensors must fill 104 bytes, got 96",
  ],
];

const text = JSON.stringify(good.header);
const twice = text.replace("{", `{"layers.0.weight":${JSON.stringify(good.header[first])},`);
const longName = `${"x\u001b[31m".repeat(900)}.weight`;

wrong.push(
  [
    "a name that comes twice",
    put(twice, good.data),
    RangeError,
    "the header must have layers.0.weight once, got it twice",
  ],
  [
    "a dtype that comes twice",
    put(text.replace('{"dtype"', '{"dtype":"F64","dtype"'), good.data),
    RangeError,
    "layers.0.weight must have dtype once, got it twice",
  ],
  [
    "a byte-order mark",
    put(`\ufeff${text}`, good.data),
    SyntaxError,
    "the header must begin with {, got a byte-order mark before it",
  ],
  ["a space", put(` ${text}`, good.data), SyntaxError, "the header must begin with {, got a space"],
  ["a line", put(`\n${text}`, good.data), SyntaxError, "the header must begin with {, got a space"],
  ["no header", put("", good.data), SyntaxError, "the header is not JSON"],
  [
    "something after the header",
    put(`${text}{}`, good.data),
    SyntaxError,
    "the header is not JSON: expected its end",
  ],
  ...[3, null, [], { step: 3 }, { nested: {} }].map((metadata): typeof wrong[number] => [
    `metadata ${JSON.stringify(metadata)}`,
    put({ ...good.header, __metadata__: metadata }, good.data),
    TypeError,
    "__metadata__ must be a map of texts to texts",
  ]),
  [
    "a tensor without end",
    put('{"a":{"dtype":"F64",', good.data),
    SyntaxError,
    "a is not JSON: expected",
  ],
  ["a long name", put({ [longName]: 1 }, good.data), TypeError, "x\\u001b[31mx\\u001b[31mx"],
  [
    "a long shape",
    change({ data_offsets: Array(900).fill(7) }),
    RangeError,
    "layers.0.weight: data_offsets must be a begin and an end, got [7,7,7,",
  ],
  [
    "a shape without end",
    change({ shape: Array(9000).fill(7) }),
    TypeError,
    "layers.0.weight must have a dtype, a shape and data_offsets of whole numbers",
  ],
);

for (const [name, file, Class, message] of wrong) {
  Deno.test(`readHeader() refuses a wrong file: ${name}`, () => {
    const { message: text } = assertThrows(() => readHeader("f", file), Class);
    assertEquals(text.slice(0, message.length + 3), `f: ${message}`);
    assert(text.length < 500, `${text.length} characters`);
    // deno-lint-ignore no-control-regex -- a terminal would obey them
    assert(!/[\u0000-\u001f]/.test(text));
  });
}

Deno.test("a header that was written is read, in the order of the data, which starts at a multiple of 8", () => {
  const tensor = (begin: number, end: number) => ({
    dtype: "F32",
    shape: [(end - begin) / 4],
    data_offsets: [begin, end],
  });
  const start = writeHeader({ b: tensor(8, 12), a: tensor(0, 8), __metadata__: { by: "a test" } });
  assertEquals(start.length % 8, 0);
  const file = new Uint8Array(start.length + 12).fill(7);
  file.set(start);
  const { entries, data } = readHeader("f", file);
  assertEquals(entries, [
    { name: "a", dtype: "F32", shape: [2], begin: 0, end: 8 },
    { name: "b", dtype: "F32", shape: [1], begin: 8, end: 12 },
  ]);
  assertEquals([...data], Array(12).fill(7));
});

Deno.test("metadata may hold long texts, and a header end in spaces", () => {
  const metadata = { config: "x".repeat(1_000_000), empty: "" };
  const file = put(`${JSON.stringify({ ...good.header, __metadata__: metadata })}   `, good.data);
  assertEquals(readHeader("f", file).entries.length, 4);
});

/** Files of 30 MB, as code: a header of many tensors, one nested without end, one long name. */
const large = {
  tensors: `Array.from({ length: 5e5 }, (_, i) =>
    '"' + i + '.weight":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}').join()`,
  lists: `'"a":' + "[".repeat(3e7)`,
  name: `'"' + "n".repeat(3e7) + '":{}'`,
  metadata: `'"__metadata__":{"a":"' + "n".repeat(3e7) + '"}'`,
};

Deno.test("a header of 30 MB takes less than 200 MB, whatever is in it", {
  ignore: needs("run", "read", "write").ignore || Deno.build.os !== "linux",
}, async () => {
  const door = new URL("../../../mod.ts", import.meta.url).href;
  await withFolder(async (folder) => {
    const path = `${folder}/large.safetensors`;
    const run = async (script: string) => {
      const command = new Deno.Command(Deno.execPath(), { args: ["eval", "--no-check", script] });
      const { code, stdout, stderr } = await command.output();
      assertEquals(code, 0, new TextDecoder().decode(stderr));
      return new TextDecoder().decode(stdout).trim();
    };
    for (const [name, members] of Object.entries(large)) {
      await run(`
        const header = new TextEncoder().encode("{" + ${members} + "}");
        const file = new Uint8Array(8 + header.length);
        new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
        file.set(header, 8);
        Deno.writeFileSync("${path}", file);
      `);
      const measured = await run(`
        import { load, MLP } from "${door}";
        const model = new MLP(2, [1]);
        const { message } = await load("${path}", model).catch((error) => error);
        const [, most] = Deno.readTextFileSync("/proc/self/status").match(/VmHWM:\\s+(\\d+)/);
        console.log(message.length, most);
      `);
      const [length, kilobytes] = measured.split(" ").map(Number);
      assert(length < 500, `${name}: ${length} characters`);
      assert(kilobytes < 200_000, `${name}: ${kilobytes} kB`);
    }
  });
});

Deno.test("tensors beyond all counting are refused", () => {
  const entry = { dtype: "F32", shape: [0], data_offsets: [0, 0] };
  const many = Object.fromEntries(Array.from({ length: 50_001 }, (_, i) => [`${i}`, entry]));
  const message = "f: the header must describe at most 50000 tensors";
  assertThrows(() => readHeader("f", put(many, new Uint8Array())), RangeError, message);
});
