import { compile, dot, logSumExp, MLP, type Program, SGD, sub, Value } from "../../mod.ts";

const precisions = ["float64", "float32"] as const;

/** The cross-entropy of one example, and the leaves that it is made of. */
function classifier(sizes: readonly number[]) {
  const [nin, ...nouts] = sizes;
  const model = new MLP(nin, nouts, { activation: "relu", outputActivation: "linear" });
  const x = Array.from({ length: nin }, () => new Value(.5));
  const y = Array.from({ length: nouts.at(-1)! }, () => new Value(.1));
  const out = model.forward(x) as Value[];
  const right = dot(y, out);
  return {
    loss: logSumExp(out.map((logit) => sub(logit, right))),
    inputs: [...x, ...y],
    parameters: model.parameters(),
  };
}

for (const sizes of [[2, 16, 16, 2], [64, 32, 10], [784, 50, 10]]) {
  const { loss, inputs, parameters } = classifier(sizes);
  Deno.bench(`compile a network ${sizes.join("-")}`, { group: "compile" }, () => {
    compile(loss, { inputs, parameters });
  });
}

for (const sizes of [[2, 16, 16, 2], [64, 32, 10], [784, 50, 10]]) {
  const { loss, inputs, parameters } = classifier(sizes);
  const group = `32 examples of a network ${sizes.join("-")}`;
  const rows = Array.from({ length: 32 }, (_, i) => inputs.map((_, k) => (i + k) % 2));
  const optimizer = new SGD(parameters, { lr: 1e-6 });
  const all: { name: string; program: Program }[] = precisions.flatMap((precision) =>
    [false, true].map((fused) => ({
      name: `${precision}${fused ? " fused" : ""}`,
      program: compile(loss, { inputs, parameters, precision, fused }),
    }))
  );
  for (const { name, program } of all) {
    program.load(rows);
    Deno.bench(`losses, ${name}`, { group }, () => {
      program.forward();
    });
    Deno.bench(`losses and gradients, ${name}`, { group }, () => {
      program.backward();
    });
    const training = program.training(optimizer);
    Deno.bench(`a step of training, ${name}`, { group }, () => {
      training.step(undefined);
    });
  }
}

// One run computes a thousand numbers: microseconds here are nanoseconds a number.
const numbers = Array.from({ length: 1000 }, (_, i) => .2 + i / 500);
const functions = ["exp", "log", "tanh", "sigmoid", "softplus", "sin", "cos", "sqrt"] as const;
const inMath: Partial<Record<typeof functions[number], (x: number) => number>> = Math;
for (const name of functions) {
  const group = `${name} of a thousand numbers`;
  for (const precision of precisions) {
    const x = new Value(1);
    const program = compile(x[name](), { inputs: [x], parameters: [], precision });
    program.load(numbers.map((x) => [x]));
    Deno.bench(`compiled ${name}, ${precision}`, { group }, () => {
      program.forward();
    });
  }
  const f = inMath[name];
  if (!f) continue;
  Deno.bench(`Math.${name}`, { group }, () => {
    let total = 0;
    for (const x of numbers) total += f(x);
    if (Number.isNaN(total)) throw new RangeError(`${name} gave NaN`);
  });
}
