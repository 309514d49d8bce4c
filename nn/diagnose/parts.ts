import type { Value } from "../../engine/mod.ts";
import { expressionOf, inText } from "../../engine/internal.ts";
import { formatNumber, shorten } from "../../engine/show/mod.ts";
import { Layer } from "../layer.ts";
import { MLP } from "../mlp.ts";
import type { Activation } from "../activation.ts";
import type { Module } from "../module.ts";
import { Neuron } from "../neuron.ts";

/** A neuron with the path by which a program reaches it: `layers[0].neurons[2]`. */
interface Place {
  /** The path of the layer; "" if the model is a layer or a neuron itself. */
  layer: string;
  /** The path of the neuron from there. */
  neuron: string;
  /** What it does to its weighted sum. */
  activation: Activation;
}

/** How the Values of a model and of its graph are called in sentences. */
export class Names {
  readonly #places = new Map<Value, Place>();
  readonly #parameters: ReadonlyMap<Value, number>;

  /** The names for the parameters of `model` and what is computed from them. */
  constructor(model: Module) {
    this.#parameters = new Map(model.parameters().map((p, i) => [p, i]));
    if (model instanceof MLP) {
      model.layers.forEach(({ neurons }, i) => this.#add(neurons, `layers[${i}]`));
    } else if (model instanceof Layer) {
      this.#add(model.neurons, "");
    } else if (model instanceof Neuron) {
      for (const p of model.parameters()) {
        this.#places.set(p, { layer: "", neuron: "", activation: model.activation });
      }
    }
  }

  #add(neurons: readonly Neuron[], layer: string): void {
    neurons.forEach((neuron, j) => {
      const place = { layer, neuron: `neurons[${j}]`, activation: neuron.activation };
      for (const p of neuron.parameters()) this.#places.set(p, place);
    });
  }

  /** Whether `node` is a parameter of the model. */
  isParameter(node: Value): boolean {
    return this.#parameters.has(node);
  }

  /** Values in the order of the model's parameters, what is none of them last. */
  sorted(nodes: readonly Value[]): Value[] {
    const rank = (node: Value) => this.#parameters.get(node) ?? this.#parameters.size;
    return [...nodes].sort((a, b) => rank(a) - rank(b));
  }

  /** The neuron that `node` belongs to, as a parameter or as a step of its computation. */
  place(node: Value): Place | undefined {
    for (const candidate of [node, ...node.operands]) {
      const place = this.#places.get(candidate);
      if (place) return place;
    }
    const before = node.a && node.b === null ? node.a.operands : [];
    for (const candidate of before) {
      const place = this.#places.get(candidate);
      if (place?.activation === node.op) return place;
    }
  }

  /** The name of one Value: its label or formula, and where in the model it is. */
  of(node: Value): string {
    const place = this.place(node);
    const path = place && [place.layer, place.neuron].filter((part) => part !== "").join(".");
    const where = path ? ` of ${path}` : "";
    if (node.label) return node.label + where;
    const i = this.#parameters.get(node);
    if (i !== undefined) return `parameters()[${i}]`;
    if (node.op === null) return `the number ${formatNumber(node.data)}`;
    return path ? `the ${node.op}${where}` : shorten(inText(expressionOf(node)), 48);
  }

  /** The names of several: up to three, or the first one and how many more. */
  list(nodes: readonly Value[], and = "and"): string {
    if (nodes.length > 3) return `${this.of(nodes[0])} ${and} ${nodes.length - 1} others`;
    const all = nodes.map((node) => this.of(node));
    const last = all.pop()!;
    return all.length === 0 ? last : `${all.join(", ")} ${and} ${last}`;
  }
}
