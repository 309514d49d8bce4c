import { assertAlmostEquals } from "../../../support/assert.ts";
import { compile } from "../../../../engine/compile/compile.ts";
import { dot, MLP, sum, Value } from "../../../../mod.ts";
import { agrees, only, several } from "../../../support/reference.ts";

Deno.test("a layer may take the same row twice, so that both weights count", () => {
  agrees(
    ([x], w) => {
      const h = x.mul(w[0]).tanh();
      const row = [h, h];
      return only(sum([0, 1, 2, 3, 4].map((k) => dot(w.slice(2 * k, 2 * k + 2), row).sin())));
    },
    1,
    several(10),
  );
});

Deno.test("a layer may have one weight for all, or one row of weights", () => {
  agrees((x, [w]) => only(dot(x.map(() => w), x.map((xi) => xi.mul(w)))), 6, [.5]);
  agrees(
    (x, w) => {
      const h = x.map((xi, i) => xi.mul(w[i]).tanh());
      return only(sum(h.map(() => dot(w, h).sin())));
    },
    6,
    several(6),
  );
});

for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 40]) {
  Deno.test(`a layer of ${n} neurons between layers of ${n} is exact: tiles and what is left of them`, () => {
    const layer = (w: readonly Value[], x: readonly Value[], from: number) =>
      Array.from({ length: n }, (_, k) => {
        const at = from + k * (x.length + 1);
        return dot(w.slice(at, at + x.length), x).add(w[at + x.length]).mul(1 / n).tanh();
      });
    agrees(
      (x, w) => {
        const h = layer(w, layer(w, x, 0), n * (x.length + 1));
        return { loss: sum(h).pow(2), outputs: h };
      },
      3,
      several(4 * n + n * (n + 1)),
    );
  });
}

for (const precision of ["float64", "float32"] as const) {
  Deno.test(`one to nine examples of ${precision} give the gradients of their layers, after many and before`, () => {
    const model = new MLP(5, [7, 6, 1], { activation: "tanh" });
    const x = Array.from({ length: 5 }, () => new Value(0)), parameters = model.parameters();
    const program = compile(model.forward(x) as Value, { inputs: x, parameters, precision });
    const rows = Array.from({ length: 40 }, (_, i) => x.map((_, k) => Math.sin(5 * i + k)));
    program.load(rows);
    for (const n of [40, 1, 2, 3, 4, 5, 8, 9, 40, 1]) {
      model.zeroGrad();
      const loss = program.backward(rows.slice(0, n).map((_, i) => 39 - i));
      const got = parameters.map((p) => p.grad);
      model.zeroGrad();
      const right = sum(rows.toReversed().slice(0, n).map((row) => model.forward(row) as Value))
        .div(n);
      right.backward();
      const tolerance = precision === "float64" ? 1e-14 : 1e-6;
      assertAlmostEquals(loss, right.data, tolerance);
      parameters.forEach((p, i) => assertAlmostEquals(got[i], p.grad, tolerance));
    }
  });
}

/** Losses of lists of three rows, which are made of six inputs, beside one another or overlapping. */
const sequences: Record<string, (x: readonly Value[], w: readonly Value[]) => Value> = {
  "a matrix applied to five lists": (x, w) =>
    sum([0, 1, 2, 3, 4].flatMap((t) => {
      const h = x.slice(0, 3).map((xi, i) => xi.mul(w[t + i]).tanh());
      return [0, 3, 6, 9, 12].map((at) => dot(w.slice(at, at + 3), h).sin());
    })),
  "a matrix applied to lists that overlap": (x, w) => {
    const h = x.map((xi, i) => xi.mul(w[i]).tanh());
    return sum(
      [0, 1, 2, 3].flatMap((t) =>
        [0, 3, 6, 9, 12].map((at) => dot(w.slice(at, at + 3), h.slice(t, t + 3)).sin())
      ),
    );
  },
  "two matrices, in turns": (x, w) => {
    const h = x.map((xi, i) => xi.mul(w[i]).tanh());
    return sum(
      [0, 3].flatMap((t) =>
        [0, 8, 3, 11, 20, 14, 23, 17].map((at) => dot(w.slice(at, at + 3), h.slice(t, t + 3)).sin())
      ),
    );
  },
  "the columns of a matrix": (x, w) =>
    sum([0, 1, 2].flatMap((t) => {
      const h = x.slice(0, 3).map((xi, i) => xi.mul(w[t + i]).tanh());
      return [0, 1, 2, 3].map((k) => dot(h, [w[k], w[k + 4], w[k + 8]]).sin());
    })),
};

for (const [name, build] of Object.entries(sequences)) {
  Deno.test(`${name} is exact, for one example to forty`, () => {
    agrees((x, w) => only(build(x, w)), 6, several(26));
    for (const precision of ["float64", "float32"] as const) {
      const x = several(6).map((data) => new Value(data));
      const w = several(26).map((data) => new Value(data));
      const program = compile(build(x, w), { inputs: x, parameters: w, precision });
      const rows = Array.from({ length: 40 }, (_, i) => x.map((_, k) => Math.sin(5 * i + k)));
      program.load(rows);
      for (const n of [1, 2, 3, 5, 40]) {
        for (const p of w) p.grad = 0;
        program.backward(rows.slice(0, n).map((_, i) => i));
        const got = w.map((p) => p.grad);
        for (const p of w) p.grad = 0;
        sum(rows.slice(0, n).map((row) => build(row.map((c) => new Value(c)), w))).div(n)
          .backward();
        const tolerance = precision === "float64" ? 1e-13 : 1e-5;
        w.forEach((p, i) => assertAlmostEquals(got[i], p.grad, tolerance));
      }
    }
  });
}
