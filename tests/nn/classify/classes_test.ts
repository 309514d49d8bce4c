import { assertEquals } from "../../support/assert.ts";
import { Layer, MLP, Neuron } from "../../../mod.ts";
import {
  classOf,
  countRight,
  describeClasses,
  findStranger,
  middleOf,
} from "../../../nn/classify/classes.ts";
import { Echo } from "../../support/models.ts";

Deno.test("the middle of a sigmoid is 0.5, of everything else 0", () => {
  const models = (activation: "sigmoid" | "tanh") => [
    new MLP(1, [3, 1], { activation }),
    new Layer(1, 1, { activation }),
    new Neuron(1, { activation }),
  ];
  assertEquals(models("sigmoid").map(middleOf), [.5, .5, .5]);
  assertEquals([...models("tanh"), new Echo()].map(middleOf), [0, 0, 0, 0]);
  assertEquals(middleOf(new MLP(1, [1], { activation: "sigmoid", outputActivation: "linear" })), 0);
});

Deno.test("the class is the place of the largest output, or on which side of the middle it is", () => {
  assertEquals([[3, 1], [1, 3, 2], [2, 2]].map((outputs) => classOf(outputs, .5)), [0, 1, 0]);
  assertEquals([.4, .5, .6].map((output) => classOf([output], .5)), [0, 0, 1]);
});

Deno.test("a label that names no class is found, and the classes are named", () => {
  const asked: [number[], outputs: number, stranger: number, classes: string][] = [
    [[0, 1, 1], 1, -1, "0 or 1"],
    [[1, -1, 1], 1, -1, "-1 or 1"],
    [[1, -1, 0], 1, 2, "-1 or 1"],
    [[2, 0, 1], 3, -1, "a whole number from 0 to 2"],
    [[2, .5], 3, 1, "a whole number from 0 to 2"],
    [[3], 3, 0, "a whole number from 0 to 2"],
  ];
  for (const [labels, outputs, stranger, classes] of asked) {
    assertEquals(findStranger(labels, outputs), stranger);
    assertEquals(describeClasses(labels, outputs), classes);
  }
});

Deno.test("right answers are counted, whether no is 0 or -1", () => {
  assertEquals(countRight([[-1], [2], [3]], [-1, 1, -1], 0), 2);
  assertEquals(countRight([[.1], [.7], [.6]], [0, 1, 0], .5), 2);
  assertEquals(countRight([[1, 2], [2, 1]], [1, 1], 0), 1);
});
