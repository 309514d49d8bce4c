/** TensorFlow.js from npm, which has single precision only: `tfjs.ts cpu|wasm`. */
import { batchOf, type Problem } from "../problems.ts";
import { loadPackage } from "./load_package.ts";
import { serve } from "./serve.ts";

const version = "4.22.0";
const [backend] = Deno.args;

/** What is used of a tensor. */
interface Tensor {
  dispose(): void;
  dataSync(): Float32Array;
}

/** A tensor that is trained. */
interface Variable extends Tensor {
  assign(x: Tensor): void;
}

type Unary = "neg" | "square" | "tanh" | "relu" | "mean" | "flatten" | "variable";
type Binary = "matMul" | "add" | "sub" | "mul";

/** What is used of TensorFlow.js. */
interface TensorFlow
  extends Record<Unary, (x: Tensor) => Tensor>, Record<Binary, (a: Tensor, b: Tensor) => Tensor> {
  setBackend(name: string): Promise<boolean>;
  sum(x: Tensor, axis?: number): Tensor;
  logSumExp(x: Tensor, axis: number): Tensor;
  addN(x: Tensor[]): Tensor;
  scalar(x: number): Tensor;
  tensor1d(x: readonly number[]): Tensor;
  tensor2d(x: readonly (readonly number[])[]): Tensor;
  train: { sgd(lr: number): { minimize(f: () => Tensor, returnCost: boolean): Tensor | null } };
}

await serve(async (problem: Problem) => {
  const tf = await load(`npm:@tensorflow/tfjs@${version}`) as TensorFlow;
  // The package has the backend cpu in it.
  if (backend !== "cpu") await load(`npm:@tensorflow/tfjs-backend-${backend}@${version}`);
  if (!await tf.setBackend(backend)) throw new Error(`the backend ${backend} of TensorFlow.js`);
  const initial = tensorsOf(tf, problem);
  const variables = initial.map((tensor) => tf.variable(tensor) as Variable);
  const optimizer = tf.train.sgd(problem.lr);
  const batches = Array.from({ length: problem.y.length / problem.batch }, (_, k) => {
    const [start, end] = batchOf(problem, k);
    return {
      x: tf.tensor2d(problem.x.slice(start, end)),
      y: targets(tf, problem, problem.y.slice(start, end)),
    };
  });
  return {
    version: `TensorFlow.js ${version}`,
    reset: () => variables.forEach((variable, i) => variable.assign(initial[i])),
    train(steps, after) {
      for (let step = 0; step < steps; step++) {
        const { x, y } = batches[step % batches.length];
        const loss = optimizer.minimize(() => lossOf(tf, problem, variables, x, y), true)!;
        after?.(loss.dataSync()[0]);
        loss.dispose();
      }
      variables[0].dataSync();
    },
  };
});

async function load(specifier: string): Promise<unknown> {
  const module = await loadPackage(specifier) as { default?: unknown };
  return module.default ?? module;
}

function targets(tf: TensorFlow, { loss, sizes }: Problem, y: readonly number[]): Tensor {
  if (loss !== "crossEntropy") return tf.tensor1d(y);
  const classes = Array.from({ length: sizes.at(-1)! }, (_, k) => k);
  return tf.tensor2d(y.map((label) => classes.map((k) => Number(k === label))));
}

function lossOf(tf: TensorFlow, problem: Problem, w: Tensor[], x: Tensor, y: Tensor): Tensor {
  const { loss, penalty, activation, outputActivation } = problem;
  let out = x;
  for (let i = 0; i < w.length; i += 2) {
    const kind = i === w.length - 2 ? outputActivation : activation;
    out = tf.add(tf.matMul(out, w[i]), w[i + 1]);
    if (kind !== "linear") out = tf[kind](out);
  }
  if (loss === "crossEntropy") {
    return tf.mean(tf.sub(tf.logSumExp(out, 1), tf.sum(tf.mul(out, y), 1)));
  }
  const f = tf.sum(out, 1);
  if (loss === "squares") return tf.sum(tf.square(tf.sub(f, y)));
  const squares = tf.addN(w.map((p) => tf.sum(tf.square(p))));
  const margins = tf.relu(tf.sub(tf.scalar(1), tf.mul(f, y)));
  return tf.add(tf.mean(margins), tf.mul(squares, tf.scalar(penalty)));
}

/** Weights, inputs by outputs, and bias of each layer. */
function tensorsOf(tf: TensorFlow, { sizes, parameters }: Problem): Tensor[] {
  let at = 0;
  return sizes.slice(1).flatMap((nout, layer) => {
    const nin = sizes[layer];
    const start = at;
    at += nout * (nin + 1);
    const number = (j: number, i: number) => parameters[start + j * (nin + 1) + i];
    const count = (n: number) => Array.from({ length: n }, (_, i) => i);
    return [
      tf.tensor2d(count(nin).map((i) => count(nout).map((j) => number(j, i)))),
      tf.tensor1d(count(nout).map((j) => number(j, nin))),
    ];
  });
}
