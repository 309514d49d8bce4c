/**
 * The names of the tensors in a safetensors file: what stands before `weight`
 * and `bias`, with the dot, is the prefix of a layer.
 *
 * @module
 */
import { describe } from "../../engine/internal.ts";
import { shorten } from "../../engine/show/mod.ts";
import { checkFunction, checkString } from "../check.ts";

/** A name from a file as a message can have it: short, and with nothing that a terminal obeys. */
export function brief(name: string): string {
  return shorten(JSON.stringify(name).slice(1, -1), 50);
}

/** The first of many names. */
export function briefly(names: readonly string[]): string {
  const more = names.length > 4 ? ` and ${names.length - 4} more` : "";
  return names.slice(0, 4).map(brief).join(", ") + more;
}

/** The prefixes of all layers, as the caller names the layers. */
export function nameLayers(
  where: string,
  names: (layer: number) => string,
  count: number,
): string[] {
  checkFunction(`${where}: names`, names);
  const prefixes = Array.from({ length: count }, (_, i) => {
    const name = names(i);
    checkString(`${where}: names(${i})`, name);
    return name === "" ? "" : `${name}.`;
  });
  const again = prefixes.findIndex((prefix, i) => prefixes.indexOf(prefix) < i);
  if (again === -1) return prefixes;
  throw new RangeError(`${where}: names(${again}) must be new, got ${describe(names(again))}`);
}

/**
 * The prefixes that tensors have, in natural order: `2.` stands before `10.`.
 * A number must tell the order, because the alphabet would take `hidden` and
 * `input` in the wrong one without a word.
 */
export function orderLayers(where: string, tensors: readonly string[]): string[] {
  const prefixes = new Set<string>();
  for (const tensor of tensors) {
    const [, prefix] = tensor.match(/^(|.*\.)(?:weight|bias)$/s) ?? [];
    if (prefix === undefined) {
      throw new RangeError(`${where}: tensors must be named weight or bias, got ${brief(tensor)}`);
    }
    prefixes.add(prefix);
  }
  return [...prefixes].sort((a, b) => {
    // Digits are at the odd places.
    const [as, bs] = [a, b].map((name) => name.split(/(\d+)/));
    const i = as.findIndex((part, k) => part !== bs[k]);
    const difference = i % 2 === 1 ? Number(as[i]) - Number(bs[i]) : 0;
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
    throw new RangeError(
      `${where}: the order of ${brief(a)}weight and ${
        brief(b)
      }weight cannot be told from their names: ` +
        "name them for fromSafetensors(bytes, model, { names: (i) => [...][i] })",
    );
  });
}
