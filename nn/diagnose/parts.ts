import type { Value } from "../../engine/mod.ts";
import { expressionOf, inText } from "../../engine/internal.ts";
import { asName, formatNumber, shorten } from "../../engine/show/mod.ts";
import { Layer } from "../layer.ts";
import { MLP } from "../mlp.ts";
import type { Activation } from "../activation.ts";
import type { Module } from "../module.ts";
import { Neuron } from "../neuron.ts";

/** A neuron, and the path by which a program reaches it: `layers[0].neurons[2]`. */
interface Part {
  /** The path of the layer; "" if the model is a layer or a neuron itself. */
  layer: string;
  /** The path of the neuron from there. */
  neuron: string;
  /** What it does to its weighted sum. */
  activation: Activation;
}

/** The parts of a model, and how its Values and those of its graph are called in sentences. */
export class Parts {
  readonly #parts = new Map<Value, Part>();
  readonly #parameters: ReadonlyMap<Value, number>;

  /** The names for the parameters of `model` and what is computed from them. */
  constructor(model: Module) {
    this.#parameters = new Map(model.parameters().map((p, i) => [p, i]));
    this.#add(model, "", "");
  }

  #add(part: Module, layer: string, neuron: string): void {
    if (part instanceof MLP) {
      part.layers.forEach((inner, i) => this.#add(inner, `layers[${i}]`, ""));
    } else if (part instanceof Layer) {
      part.neurons.forEach((inner, j) => this.#add(inner, layer, `neurons[${j}]`));
    } else if (part instanceof Neuron) {
      const { activation } = part;
      for (const p of part.parameters()) this.#parts.set(p, { layer, neuron, activation });
    }
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
  partOf(node: Value): Part | undefined {
    const own = [node, ...node.operands].find((value) => this.#parts.has(value));
    if (own) return this.#parts.get(own);
    const before = node.a && node.b === null ? node.a.operands : [];
    return before.map((value) => this.#parts.get(value))
      .find((part) => part?.activation === node.op);
  }

  /** The name of one Value: its label or formula, and where in the model it is. */
  nameOf(node: Value): string {
    const part = this.partOf(node);
    const path = part && [part.layer, part.neuron].filter((name) => name !== "").join(".");
    const where = path ? ` of ${path}` : "";
    if (node.label) return asName(node.label) + where;
    const i = this.#parameters.get(node);
    if (i !== undefined) return `parameters()[${i}]`;
    if (node.op === null) return `the number ${formatNumber(node.data)}`;
    return path ? `the ${node.op}${where}` : shorten(inText(expressionOf(node)), 48);
  }

  /** The names of several: up to three, or the first one and how many more. */
  list(nodes: readonly Value[], and = "and"): string {
    if (nodes.length > 3) return `${this.nameOf(nodes[0])} ${and} ${nodes.length - 1} others`;
    const all = nodes.map((node) => this.nameOf(node));
    const last = all.pop()!;
    return all.length === 0 ? last : `${all.join(", ")} ${and} ${last}`;
  }
}
