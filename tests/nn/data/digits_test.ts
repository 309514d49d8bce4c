import {
  assert,
  assertEquals,
  assertStrictEquals,
  assertStringIncludes,
} from "../../support/assert.ts";
import { needs } from "../../support/permissions.ts";
import { loadDigits } from "../../../mod.ts";
import file from "../../../nn/data/digits.json" with { type: "json" };
import fixtures from "../../fixtures/sklearn_data.json" with { type: "json" };

const digits = await loadDigits();
const pixels = digits.x.map((row) => row.map((pixel) => pixel * 16));
const expected = fixtures.digits;

async function sha256(bytes: readonly number[]): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes));
  return new Uint8Array(hash).toHex();
}

Deno.test("the digits are 1,797 images of 8 by 8 pixels from 0 to 1, of ten classes", () => {
  assertEquals([digits.length, digits.features, digits.classes], [expected.count, 64, 10]);
  assertEquals(digits.imageSize, [8, 8]);
  assertEquals(String(digits), "Dataset(digits: 1797 examples of 8 × 8 pixels, labels 0 to 9)");
  assertEquals(digits.x.flat().reduce((a, b) => Math.min(a, b)), 0);
  assertEquals(digits.x.flat().reduce((a, b) => Math.max(a, b)), 1);
});

Deno.test("the digits are scikit-learn's, to the last pixel and in the same order", async () => {
  assert(pixels.flat().every(Number.isInteger));
  assertEquals(await sha256(pixels.flat()), expected.sha256);
  assertEquals(await sha256(digits.y), expected.labelsSha256);
});

Deno.test("some digits, and what pixels and classes add up to, are scikit-learn's", () => {
  for (const { at, label, pixels: image } of expected.some) {
    assertEquals([digits.y[at], pixels[at]], [label, image], `digit ${at}`);
  }
  const ofClass = (k: number) => pixels.filter((_, i) => digits.y[i] === k);
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
  const classes = Array.from({ length: 10 }, (_, k) => ofClass(k));
  assertEquals(classes.map((images) => images.length), expected.labels);
  assertEquals(classes.map((images) => sum(images.flat())), expected.classSums);
  const places = Array.from({ length: 64 }, (_, j) => j);
  assertEquals(places.map((j) => sum(pixels.map((row) => row[j]))), expected.pixelSums);
});

Deno.test("the file of the digits says whose they are, under which licence, and what was changed", () => {
  assertStringIncludes(file.authors, "Alpaydin");
  assertStringIncludes(file.authors, "Kaynak");
  assertStringIncludes(file.doi, "10.24432/C50P49");
  assertEquals(file.license, "CC BY 4.0");
  assert(file.licenseText.length > 0 && file.source.length > 0 && file.changes.length > 0);
  assert(file.digits.every((digit) => /^[0-9] [0-9a-g]{64}$/.test(digit)));
});

Deno.test("digits are loaded without any permission", needs("read", "run"), async () => {
  const door = new URL("../../../nn/data/digits.ts", import.meta.url);
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--no-check", "--ext=ts", "-"],
    cwd: new URL("../../../", import.meta.url),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });
  const child = command.spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(
    `import { loadDigits } from ${JSON.stringify(door.href)};\n` +
      `console.log((await loadDigits()).length);`,
  ));
  await writer.close();
  const { stdout, stderr } = await child.output();
  assertStrictEquals(
    new TextDecoder().decode(stdout).trim(),
    "1797",
    new TextDecoder().decode(stderr),
  );
});
