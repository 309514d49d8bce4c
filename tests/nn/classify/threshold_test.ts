import { assertEquals, assertThrows } from "../../support/assert.ts";
import {
  binaryCrossEntropyWithLogits,
  crossEntropy,
  hingeLoss,
  log,
  mseLoss,
  Neuron,
  Value,
} from "../../../mod.ts";
import {
  clearThreshold,
  rememberThreshold,
  thresholdByLoss,
  thresholdOf,
} from "../../../nn/classify/threshold.ts";
import type { Loss } from "../../../nn/fit/trainer.ts";
import { untyped } from "../../support/helpers.ts";

const single = (x: number) => new Value(x);

Deno.test("a loss turns where both labels cost the same", () => {
  const by = (loss: unknown, labels: number[]) =>
    thresholdByLoss(untyped<Loss>(loss), single, labels);
  assertEquals([by(mseLoss, [0, 1, 1]), by(mseLoss, [-1, 1])], [.5, 0]);
  assertEquals([by(hingeLoss, [-1, 1]), by(binaryCrossEntropyWithLogits, [0, 1])], [0, 0]);
  assertEquals([by(hingeLoss, [1, 1]), by(mseLoss, [1, 1])], [0, .5]);
  const ofProbabilities = ([p]: Value[], [y]: number[]) => log(y === 1 ? p : p.neg().add(1)).neg();
  assertEquals(by(ofProbabilities, [0, 1]), .5);
  assertEquals(by(() => new Value(1), [0, 1]), null);
  assertEquals(by(([x]: Value[], [y]: number[]) => x.sub(3 * y).pow(2), [0, 1]), null);
  const ofLists = thresholdByLoss(untyped<Loss>(mseLoss), (x) => [single(x)], [0, 1]);
  assertEquals(ofLists, null, "the loss is of single Values");
  assertEquals(thresholdByLoss(untyped<Loss>(crossEntropy), (x) => [single(x)], [0, 1]), null);
});

Deno.test("what was given counts first, then what a training has shown, then sigmoid and labels", () => {
  const model = new Neuron(1);
  const asked = (outputs: number[], isSigmoid = false) => ({
    outputs: outputs.map((x) => [x]),
    isSigmoid,
  });
  const find = (outputs: number[], isSigmoid: boolean, labels: number[], given?: number) =>
    thresholdOf("f", model, asked(outputs, isSigmoid), labels, given);
  assertEquals([clearThreshold(true, [-1]), clearThreshold(false, [-1])], [.5, 0]);
  assertEquals([find([.3], true, [0]), find([.3], false, [-1, 1])], [.5, 0]);
  assertEquals([find([-1, 0, .6], false, [0, 1]), find([NaN], false, [])], [0, 0]);
  assertThrows(() => find([.3], false, [0, 1]), RangeError, "f: threshold must say");
  rememberThreshold(model, .5);
  assertEquals([find([.3], false, [0, 1]), find([.3], false, [-1, 1])], [.5, .5]);
  assertEquals(find([.3], true, [0, 1], -2), -2);
});
