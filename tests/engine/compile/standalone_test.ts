import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import {
  Adam,
  AdamW,
  crossEntropy,
  MLP,
  Optimizer,
  type Program,
  RandomGenerator,
  save,
  SGD,
  type Standalone,
  Value,
} from "../../../mod.ts";
import type { UpdateRule } from "../../../engine/extend.ts";
import { compile, type CompileOptions } from "../../../engine/compile/compile.ts";
import { inBrowser, watch, withBrowser } from "../../support/browser.ts";
import { withFolder } from "../../support/files.ts";
import { untyped } from "../../support/helpers.ts";
import { needs } from "../../support/permissions.ts";
import { serveFolder } from "../../support/serve_folder.ts";
import { run } from "../../support/standalone_program.js";

/** What a standalone program is, once it is loaded. */
interface Loaded {
  predict(rows: readonly (readonly number[])[]): number[][];
  loss(rows: readonly (readonly number[])[]): number;
  readonly parameters: Float64Array | Float32Array;
  lr: number;
  step(rows: readonly (readonly number[])[]): number;
}

/** Runs the files of a program, without a file. */
async function load({ js, wasm }: Standalone): Promise<Loaded> {
  const { load } = await import(`data:text/javascript,${encodeURIComponent(js)}`);
  return await load(wasm);
}

const generator = new RandomGenerator(4);
const numbers = (n: number) => Array.from({ length: n }, () => generator.normal());

/** A classifier of three classes, whose label is the last input. */
function classifier(options: Partial<CompileOptions> = {}) {
  const model = new MLP(5, [9, 3], { outputActivation: "linear", generator });
  const x = numbers(5).map((data) => new Value(data)), label = new Value(1);
  const scores = model.forward(x) as Value[];
  const loss = crossEntropy([scores], untyped<number[]>([label]));
  const parameters = model.parameters();
  const program = compile(loss, { inputs: [...x, label], parameters, outputs: scores, ...options });
  return { program, parameters };
}

const labelled = (n: number) => Array.from({ length: n }, (_, i) => [...numbers(5), i % 3]);

/** What a program puts out for rows, one list a row. */
function answers(program: Program, rows: readonly (readonly number[])[], width: number) {
  program.load(rows);
  const loss = program.forward();
  const all = [...program.outputs()];
  return { loss, rows: rows.map((_, i) => all.slice(i * width, (i + 1) * width)) };
}

for (const precision of ["float64", "float32"] as const) {
  Deno.test(`a standalone program in ${precision} says what the program says, to the last bit`, async () => {
    const { program } = classifier({ precision });
    const standalone = await load(program.standalone());
    for (const n of [1, 2, 3, 5, 8, 33, 2000]) {
      const rows = labelled(n), wanted = answers(program, rows, 3);
      assertEquals(standalone.predict(rows.map((row) => row.slice(0, 5))), wanted.rows);
      assertEquals(standalone.loss(rows), wanted.loss);
    }
    assert(!("step" in standalone) && !("lr" in standalone));
  });

  Deno.test(`steps of a standalone program in ${precision} are those of the program, to the last bit`, async () => {
    const optimizers = [
      (p: Value[]) => new SGD(p, { lr: .1 }),
      (p: Value[]) => new SGD(p, { lr: .1, momentum: .9, dampening: .5, weightDecay: .01 }),
      (p: Value[]) => new Adam(p, { lr: .01, weightDecay: .1 }),
      (p: Value[]) => new AdamW(p, { lr: .01, betas: [.8, .99] }),
    ];
    for (const make of optimizers) {
      for (const before of [0, 3]) {
        const { program, parameters } = classifier({ precision });
        const optimizer = make(parameters), rows = labelled(40);
        program.load(rows);
        const batches = Array.from(
          { length: 12 },
          (_, k) => [...Array(1 + k).keys()].map((i) => 3 * i + k % 3),
        );
        program.train(optimizer, batches.slice(0, before));
        const standalone = await load(program.standalone({ optimizer }));
        assertEquals(standalone.lr, optimizer.lr);
        const losses = batches.map((batch, k) => {
          if (k === 6) standalone.lr /= 2;
          return standalone.step(batch.map((i) => rows[i]));
        });
        const wanted = batches.flatMap((batch, k) => {
          if (k === 6) optimizer.lr /= 2;
          return program.train(optimizer, [batch]);
        });
        assertEquals(losses, wanted);
        assertEquals([...standalone.parameters], parameters.map(({ data }) => data));
      }
    }
  });
}

Deno.test("a standalone program has the parameters as they are when it is made, and the tables", async () => {
  const x = numbers(7).map((data) => new Value(data)),
    w = numbers(7).map((data) => new Value(data));
  // In disorder, so that the places stand in a table.
  const y = [3, 1, 6, 0, 5, 2, 4].map((i, k) => x[i].mul(w[(3 * k) % 7]).sin().add(k / 3));
  const program = compile(y.reduce((a, b) => a.mul(b)), { inputs: x, parameters: w, outputs: y });
  w.forEach((p, i) => p.data = i - 2.5);
  const rows = Array.from({ length: 9 }, () => numbers(7));
  const standalone = await load(program.standalone());
  assertEquals(standalone.predict(rows), answers(program, rows, 7).rows);
  assertEquals([...standalone.parameters], w.map(({ data }) => data));
  w[0].data = 100;
  assertEquals(standalone.parameters[0], -2.5);
  standalone.parameters[0] = 100;
  assertEquals(standalone.predict(rows), answers(program, rows, 7).rows);
});

Deno.test("what an optimizer remembers is taken along while a training still runs", async () => {
  const { program, parameters } = classifier();
  const optimizer = new Adam(parameters, { lr: .05 });
  program.load(labelled(8));
  const rows = labelled(8);
  const training = program.training(optimizer);
  for (let k = 0; k < 4; k++) training.step();
  training.share();
  const standalone = await load(program.standalone({ optimizer }));
  program.load(rows);
  for (let k = 0; k < 4; k++) assertEquals(standalone.step(rows), training.step());
});

Deno.test("inputs are asked for up to the last that an output depends on", async () => {
  const [a, b, c, w] = [1, 2, 3, 4].map((data) => new Value(data));
  const options = { inputs: [a, b, c], parameters: [w] };
  const y = b.mul(w);
  const program = compile(y.sub(c).add(a), { ...options, outputs: [y] });
  const { predict } = await load(program.standalone());
  assertEquals(predict([[0, 5], [1, 6]]), [[20], [24]]);
  const fixed = compile(a.mul(b).mul(c), { ...options, outputs: [w.mul(2)] });
  assertEquals((await load(fixed.standalone())).predict([[], []]), [[8], [8]]);
});

Deno.test("named losses are no part of what a standalone program predicts", async () => {
  const [x, w] = [1, 2].map((data) => new Value(data));
  const y = x.mul(w);
  const losses = { size: y.pow(2), penalty: w.mul(1) };
  const program = compile(losses, { inputs: [x], parameters: [w], outputs: [y] });
  const standalone = await load(program.standalone());
  assertEquals([standalone.predict([[3], [4]]), standalone.loss([[1]])], [[[6], [8]], 6]);
});

Deno.test("a program of several threads is written down for one", needs("read"), async () => {
  const { program } = classifier({ threads: 2 });
  const rows = labelled(300);
  const { rows: wanted } = answers(program, rows, 3);
  program.close();
  const standalone = await load(program.standalone());
  assertEquals(standalone.predict(rows.map((row) => row.slice(0, 5))), wanted);
});

Deno.test("standalone() refuses what it cannot write down", () => {
  const { program, parameters } = classifier();
  const silent = compile(parameters[0].mul(2), { inputs: [], parameters: [parameters[0]] });
  const attempt = (of: Program, options: unknown) => () => of.standalone(untyped(options));
  assertThrows(
    attempt(silent, {}),
    RangeError,
    "Program.standalone: the program must have outputs to predict, or an optimizer to train with",
  );
  silent.standalone({ optimizer: new SGD([parameters[0]]) });
  for (const name of ["", "a/b", "a\\b", "a\nb", "a\u2028b"]) {
    assertThrows(attempt(program, { name }), RangeError, "name must be that of a file, got");
  }
  assertThrows(attempt(program, { name: 3 }), TypeError, "name must be a string, got number 3");
  assertThrows(attempt(program, { optimizer: 3 }), TypeError, "optimizer must have parameters");
  for (
    const wrong of [parameters.slice(1), parameters.toReversed(), [...parameters, new Value(1)]]
  ) {
    assertThrows(
      attempt(program, { optimizer: new SGD(wrong) }),
      RangeError,
      "Program.standalone: optimizer.parameters must be the program's, in the same order",
    );
  }
  class Plain extends Optimizer {
    override update() {}
  }
  class Wild extends Optimizer {
    protected override get formula(): UpdateRule {
      return {
        state: [],
        shared: 1,
        begin: () => [1],
        course: () => ({ lr: 1, steps: 0, shared: (w, lr) => [w.tanh(lr)] }),
        apply: (w, p, gradient, _, [lr]) => [w.sub(p, w.mul(lr, gradient))],
      };
    }
  }
  for (
    const [Class, message] of [[Plain, "must be a formula"], [
      Wild,
      "has tanh, which has no text",
    ]] as const
  ) {
    assertThrows(attempt(program, { optimizer: new Class(parameters, 1) }), Error, message);
  }
});

Deno.test("the files name one another, whatever they are called", () => {
  const { program, parameters } = classifier();
  const { js, types } = program.standalone({ name: "größe #1", optimizer: new SGD(parameters) });
  assert(js.includes('new URL("./gr%C3%B6%C3%9Fe%20%231.wasm", import.meta.url)'));
  assert(js.includes('import { load } from "./größe #1.js"'));
  assert(types.includes("5 inputs, 3 outputs, 84 parameters, double precision"));
});

const files = needs("read", "write", "run", "env", "net");

/** Saves a program beside a module that runs it, and says what comes out here. */
async function withSaved(use: (folder: string, wanted: string) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const { program, parameters } = classifier();
    const optimizer = new Adam(parameters, { lr: .05 });
    await save(program, join(folder, "model.js"), { optimizer });
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    assertEquals(names, ["model.d.ts", "model.js", "model.wasm"]);
    const task = {
      rows: Array.from({ length: 7 }, () => numbers(5)),
      batches: [5, 8, 3].map(labelled),
    };
    const support = new URL("../../support/standalone_program.js", import.meta.url);
    await Deno.copyFile(support, join(folder, "program.js"));
    await Deno.writeTextFile(
      join(folder, "main.js"),
      `import { load } from "./model.js";
      import { run } from "./program.js";
      globalThis.result = await run(load, ${JSON.stringify(task)});
      console.log(globalThis.result);`,
    );
    const { load } = await import(pathToFileURL(join(folder, "model.js")).href);
    await use(folder, await run(load, task));
  });
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();

Deno.test("saved, a program predicts and trains in Node as it does in Deno", files, async () => {
  await withSaved(async (folder, wanted) => {
    await Deno.writeTextFile(join(folder, "package.json"), '{ "type": "module" }');
    const args = [join(folder, "main.js")];
    const { stdout, stderr } = await new Deno.Command("node", { args, cwd: folder }).output();
    assertEquals([text(stderr), text(stdout)], ["", wanted]);
  });
});

Deno.test(
  "saved, a program predicts and trains in a browser as it does in Deno",
  inBrowser,
  async () => {
    await withSaved(async (folder, wanted) => {
      const page = '<link rel="icon" href="data:,"><script type="module" src="main.js"></script>';
      await Deno.writeTextFile(join(folder, "index.html"), `<!DOCTYPE html>${page}`);
      await using server = serveFolder(folder);
      await withBrowser(async (browser) => {
        const { page, complaints } = watch(await browser.newPage());
        await page.goto(server.url);
        await page.waitForFunction("globalThis.result");
        assertEquals([await page.evaluate<string>("globalThis.result"), ...complaints], [wanted]);
      });
    });
  },
);

Deno.test("saved, a program has types", files, async () => {
  await withSaved(async (folder) => {
    const check = async (rows: string) => {
      await Deno.writeTextFile(
        join(folder, "use.ts"),
        `import { load, type Model } from "./model.js";
        const model: Model = await load();
        export const rows: number[][] = model.predict(${rows});
        export const loss: number = model.step([Float64Array.of(1, 2, 3, 4, 5, 0)]) + model.lr;`,
      );
      const args = ["check", "--no-config", join(folder, "use.ts")];
      return await new Deno.Command(Deno.execPath(), { args, env: { NO_COLOR: "1" } }).output();
    };
    const [right, wrong] = [await check("[[1, 2, 3, 4, 5]]"), await check("[1, 2, 3, 4, 5]")];
    assert(right.success, text(right.stderr));
    assert(!wrong.success && text(wrong.stderr).includes("use.ts:3"), text(wrong.stderr));
  });
});
