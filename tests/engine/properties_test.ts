import { topologicalOrder } from "../../engine/extend.ts";
import fc from "fast-check";
import { assert, assertEquals } from "../support/assert.ts";
import { grad, gradcheck, math, type MathInput, Value } from "../../mod.ts";
import { arity, ops } from "../../engine/rules.ts";
import { apply, difference, gradients, structure } from "../support/helpers.ts";
import { point, program, run, smooth } from "../support/programs.ts";

const leavesAt = (x: readonly number[]) => x.map((xi) => new Value(xi));

/** Checks a property with a fixed seed, so that every run tries the same cases. */
function holds<T extends [unknown, ...unknown[]]>(
  name: string,
  property: fc.IPropertyWithHooks<T>,
  numRuns = 200,
): void {
  Deno.test(name, () => fc.assert(property, { seed: 1970, numRuns }));
}

holds(
  "on random graphs, backward() agrees with central differences",
  fc.property(program(smooth), point, (steps, x) => {
    gradcheck((...leaves) => run(steps, leaves), x, { tolerance: 1e-7 });
  }),
);

holds(
  "on random graphs, grad() gives the gradients of backward()",
  fc.property(program(ops), point, (steps, x) => {
    const leaves = leavesAt(x);
    const y = run(steps, leaves);
    const built = grad(y, leaves);
    gradients(y, leaves).forEach((g, i) => assert(difference(g, built[i].data) < 1e-13));
  }),
);

holds(
  "on random graphs, second derivatives are symmetric",
  fc.property(program(smooth), point, (steps, x) => {
    const leaves = leavesAt(x);
    const hessian = grad(run(steps, leaves), leaves).map((g) => grad(g, leaves));
    for (let i = 0; i < x.length; i++) {
      for (let k = 0; k < i; k++) {
        assert(difference(hessian[i][k].data, hessian[k][i].data) < 1e-9);
      }
    }
  }),
  100,
);

holds(
  "on random graphs, the gradient of αf + βg is α∇f + β∇g",
  fc.property(
    program(ops),
    program(ops),
    point,
    fc.double({ min: -3, max: 3, noNaN: true }),
    fc.double({ min: -3, max: 3, noNaN: true }),
    (f, g, x, alpha, beta) => {
      const leaves = leavesAt(x);
      const byF = gradients(run(f, leaves), leaves);
      const byG = gradients(run(g, leaves), leaves);
      const both = gradients(run(f, leaves).mul(alpha).add(run(g, leaves).mul(beta)), leaves);
      both.forEach((d, i) => {
        const terms = [alpha * byF[i], beta * byG[i]];
        const scale = 1 + Math.abs(terms[0]) + Math.abs(terms[1]);
        assert(Math.abs(d - terms[0] - terms[1]) < 1e-12 * scale);
      });
    },
  ),
);

holds(
  "on random graphs, a second backward() doubles the leaves and repeats the rest",
  fc.property(program(ops), point, (steps, x) => {
    const leaves = leavesAt(x);
    const y = run(steps, leaves);
    y.backward();
    const order = topologicalOrder(y).filter((v) => v.requiresGrad);
    const once = order.map((v) => v.grad);
    y.backward();
    order.forEach((v, i) => {
      if (v.op !== null) assertEquals(v.grad, once[i]);
      else assert(difference(v.grad, 2 * once[i]) < 1e-13);
    });
  }),
);

holds(
  "on random graphs, topologicalOrder() has each node once, operands first, the root last",
  fc.property(program(ops), point, (steps, x) => {
    const y = run(steps, leavesAt(x));
    const order = topologicalOrder(y);
    const position = new Map(order.map((v, i) => [v, i]));
    assertEquals(position.size, order.length);
    assertEquals(order[order.length - 1], y);
    for (const v of order) {
      for (const operand of v.operands) assert(position.get(operand)! < position.get(v)!);
    }
  }),
);

/** A random formula: its text in pieces, with what stands between them, and by methods. */
interface Formula {
  texts: string[];
  inputs: MathInput[];
  value: Value;
}

const names = ["a", "b", "c"].map((label, i) => new Value(i + .5, { label }));

const leafFormula: fc.Arbitrary<Formula> = fc.constantFrom(...names)
  .map((value) => ({ texts: ["", ""], inputs: [value], value }));

/** Puts formulas into a text whose places are marked with `#`. */
function fill(text: string, parts: Formula[], value: Value): Formula {
  const pieces = text.split("#");
  const texts = [pieces[0]];
  const inputs: MathInput[] = [];
  parts.forEach((part, i) => {
    texts[texts.length - 1] += part.texts[0];
    texts.push(...part.texts.slice(1));
    texts[texts.length - 1] += pieces[i + 1];
    inputs.push(...part.inputs);
  });
  return { texts, inputs, value };
}

const symbols = { add: "+", sub: "-", mul: "*", div: "/", pow: "**" } as const;

const { formula } = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leafFormula,
    fc.tuple(fc.constantFrom(...Object.keys(symbols)), tie("formula"), tie("formula")).map(
      ([name, f, g]) => {
        const op = name as keyof typeof symbols;
        return fill(`(#) ${symbols[op]} (#)`, [f, g], f.value[op](g.value));
      },
    ),
    tie("formula").map((f) => fill("-(#)", [f], f.value.neg())),
    fc.tuple(fc.constantFrom(...ops.filter((op) => op !== "dot")), tie("formula"), tie("formula"))
      .map(([op, f, g]) => {
        const parts = arity(op) === 1 ? [f] : [f, g];
        const places = parts.map(() => "#").join(", ");
        return fill(`${op}(${places})`, parts, apply(op, parts.map((part) => part.value)));
      }),
  ),
}));

holds(
  "random formulas give the graph that the methods give",
  fc.property(formula, ({ texts, inputs, value }) => {
    const y = math(Object.assign([...texts], { raw: texts }), ...inputs);
    assertEquals(structure(y), structure(value));
  }),
  500,
);

const chain = fc.array(
  fc.tuple(fc.constantFrom(...Object.values(symbols)), fc.constantFrom("", "-"), fc.nat(2)),
  { minLength: 1, maxLength: 8 },
);

holds(
  "random formulas without parentheses have the precedence of JavaScript",
  fc.property(chain, (links) => {
    const texts = [""];
    let javascript = "a";
    for (const [symbol, sign, i] of links) {
      texts.push(` ${symbol} ${sign}`);
      const operand = "abc"[i];
      javascript += ` ${symbol} ${sign}${operand}`;
    }
    texts.push("");
    // A sign before the base of a power is a syntax error in JavaScript: leave those out.
    fc.pre(!links.some(([, sign], i) => sign === "-" && links[i + 1]?.[0] === "**"));
    const inputs = [names[0], ...links.map(([, , i]) => names[i])];
    const y = math(Object.assign([...texts], { raw: texts }), ...inputs);
    const f = new Function("a", "b", "c", `return ${javascript}`);
    assertEquals(y.data, f(...names.map((v) => v.data)));
  }),
  500,
);
