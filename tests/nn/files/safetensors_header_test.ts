import { assertEquals, assertThrows } from "../../support/assert.ts";
import { MLP, RandomGenerator, toSafetensors } from "../../../mod.ts";
import { readHeader, writeHeader } from "../../../nn/files/safetensors_header.ts";
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

for (const [name, file, Class, message] of wrong) {
  Deno.test(`readHeader() refuses a wrong file: ${name}`, () => {
    const { message: text } = assertThrows(() => readHeader("f", file), Class);
    assertEquals(text.slice(0, message.length + 3), `f: ${message}`);
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
