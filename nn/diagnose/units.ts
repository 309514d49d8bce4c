import type { Value } from "../../engine/mod.ts";
import { counted } from "../../engine/show/mod.ts";
import type { Finding } from "./diagnose.ts";
import type { Parts } from "./parts.ts";

/** A unit of the model: all of its outputs in the graph, one a use. */
type Unit = readonly Value[];

/** The stuck units of a layer, and how many units it has. */
interface StuckLayer {
  readonly units: readonly Unit[];
  readonly count: number;
}

/** The most layers of which each gets a sentence of its own. */
const most = 3;

/**
 * Units of the model that hardly learn. A unit is what stands behind a sum that
 * a parameter of the model goes into directly, usually a bias; an activation
 * elsewhere, as in a loss, is not meant to learn.
 *
 * @param nodes the graph in topological order.
 */
export function findStuckUnits(nodes: readonly Value[], parts: Parts) {
  const units = [...groupBy(nodes, (node) => biasOf(node, parts))]
    .flatMap(([bias, outputs]) => bias ? [outputs] : []);
  const layers = groupBy(units, ([output]) => {
    return JSON.stringify([parts.partOf(output)?.layer ?? null, output.op]);
  });
  const stuck = [...layers.values()]
    .map((all) => ({ units: all.filter(isStuck), count: all.length }))
    .filter(({ units }) => units.length > 0);
  const findings = [...groupBy(stuck, ({ units: [[{ op }]] }) => op).values()].flatMap((alike) =>
    alike.length > most
      ? [describeLayers(alike, parts)]
      : alike.map((layer) => describeLayer(layer, parts))
  );
  return { findings, count: units.length, ops: [...new Set(units.map(([{ op }]) => op))] };
}

/** `Map.groupBy`, which Node 20 does not have. */
function groupBy<K, T>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item), group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** The parameter that makes `node` the output of a unit: the last that goes into its sum. */
function biasOf(node: Value, parts: Parts): Value | undefined {
  if (node.op !== "relu" && node.op !== "tanh" && node.op !== "sigmoid") return undefined;
  const bias = node.a!.operands.findLast((operand) => parts.isParameter(operand));
  // A linear neuron's answer that goes through a sigmoid of the loss is no unit.
  return bias && parts.partOf(bias) && !parts.partOf(node) ? undefined : bias;
}

function isStuck(unit: Unit): boolean {
  const [{ op }] = unit;
  if (op === "relu") return unit.every(({ a }) => a!.data <= 0);
  const low = op === "tanh" ? -0.99 : 0.01;
  return unit.every(({ data }) => data < low || data > 0.99);
}

function describeLayer({ units, count }: StuckLayer, parts: Parts): Finding {
  const [[{ op }]] = units;
  const layer = layerOf(units, parts);
  const which = units.map(([output]) => parts.partOf(output)?.neuron || parts.nameOf(output));
  const shown = which.length > 6 ? [...which.slice(0, 5), `${which.length - 5} more`] : which;
  const all = `${counted(count, `${op} unit`)}${layer ? ` of ${layer}` : ""}`;
  const these = count === 1 ? all.replace("1", "The") : `${units.length} of ${all}`;
  return findingOf(units, these, shown);
}

function describeLayers(layers: readonly StuckLayer[], parts: Parts): Finding {
  const units = layers.flatMap(({ units }) => units);
  const count = layers.reduce((sum, { count }) => sum + count, 0);
  const [[{ op }]] = units;
  const these = `${units.length} of ${count} ${op} units of ${layers.length} layers`;
  const shares = layers.map(({ units, count }) =>
    `${units.length} of ${count} in ${layerOf(units, parts) || "the rest"}`
  );
  return findingOf(units, these, shares);
}

function layerOf([[output]]: readonly Unit[], parts: Parts): string | undefined {
  return parts.partOf(output)?.layer;
}

function findingOf(units: readonly Unit[], these: string, which: readonly string[]): Finding {
  const [[{ op }, ...others]] = units;
  const uses = counted(others.length + 1, "use");
  const state = `${units.length === 1 ? "is" : "are"} ${op === "relu" ? "dead" : "saturated"}`;
  const range = op === "tanh" ? "beyond ±0.99" : "below 0.01 or above 0.99";
  const why = op === "relu"
    ? `the input is 0 or less in every use (${uses}), so the output is 0 and no gradient comes ` +
      `through`
    : `the output is ${range} in every use (${uses}), where the slope is almost 0, so the ` +
      `weights before it hardly learn`;
  return {
    kind: op === "relu" ? "dead" : "saturated",
    text: `${these} ${state} (${which.join(", ")}): ${why}.`,
    nodes: units.flat(),
  };
}
