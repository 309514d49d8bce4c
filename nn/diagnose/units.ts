import type { Value } from "../../engine/mod.ts";
import type { Finding } from "./diagnose.ts";
import type { Names } from "./parts.ts";

const sigmoidal = ["tanh", "sigmoid"];

/** A unit of the model with all of its outputs in the graph, one a use. */
interface Unit {
  op: string;
  outputs: Value[];
}

/**
 * Units of the model that hardly learn. A unit is what stands behind a sum that
 * a parameter of the model goes into directly, usually a bias; an activation
 * elsewhere, as in a loss, is not meant to learn.
 *
 * @param nodes the graph in topological order.
 */
export function findStuckUnits(nodes: readonly Value[], names: Names) {
  const units = new Map<Value, Unit>();
  for (const node of nodes) {
    if (node.op === null || !["relu", ...sigmoidal].includes(node.op)) continue;
    const bias = node.a!.operands.findLast((operand) => names.isParameter(operand));
    if (bias === undefined) continue;
    // A linear neuron's answer that goes through a sigmoid of the loss.
    if (names.place(bias) && !names.place(node)) continue;
    const unit = units.get(bias);
    if (unit) unit.outputs.push(node);
    else units.set(bias, { op: node.op, outputs: [node] });
  }

  const layers = new Map<string, Unit[]>();
  for (const unit of units.values()) {
    const key = JSON.stringify([names.place(unit.outputs[0])?.layer ?? null, unit.op]);
    layers.set(key, [...layers.get(key) ?? [], unit]);
  }
  const findings = [...layers.values()].flatMap((all) => {
    const stuck = all.filter(isStuck);
    return stuck.length === 0 ? [] : [describeLayer(stuck, all.length, names)];
  });
  const all = [...units.values()];
  return { findings, count: all.length, ops: [...new Set(all.map(({ op }) => op))] };
}

function isStuck({ op, outputs }: Unit): boolean {
  if (op === "relu") return outputs.every(({ a }) => a!.data <= 0);
  const low = op === "tanh" ? -0.99 : 0.01;
  return outputs.every(({ data }) => data < low || data > 0.99);
}

function describeLayer(stuck: readonly Unit[], count: number, names: Names): Finding {
  const { op, outputs } = stuck[0];
  const dead = op === "relu";
  const place = names.place(outputs[0]);
  const where = place?.layer ? ` of ${place.layer}` : "";
  const which = stuck.map(({ outputs }) => {
    const [output] = outputs;
    return names.place(output)?.neuron || names.of(output);
  });
  const shown = which.length > 6 ? [...which.slice(0, 5), `${which.length - 5} more`] : which;
  const uses = `${outputs.length} ${outputs.length === 1 ? "use" : "uses"}`;
  const range = op === "tanh" ? "beyond ±0.99" : "below 0.01 or above 0.99";
  const noun = `${op} ${count === 1 ? "unit" : "units"}${where}`;
  const are = stuck.length === 1 ? "is" : "are";
  const of = count === 1 ? `The ${noun}` : `${stuck.length} of ${count} ${noun}`;
  const text = dead
    ? `${of} ${are} dead (${shown.join(", ")}): the input is 0 or less in every use (${uses}), ` +
      `so the output is 0 and no gradient comes through.`
    : `${of} ${are} saturated (${shown.join(", ")}): the output is ${range} in every use ` +
      `(${uses}), where the slope is almost 0, so the weights before it hardly learn.`;
  return {
    kind: dead ? "dead" : "saturated",
    text,
    nodes: stuck.flatMap(({ outputs }) => outputs),
  };
}
