import { activateNumber } from "../activation.ts";
import type { MLP } from "../mlp.ts";
import { hasBias } from "../neuron.ts";

/**
 * What every unit of a network answers when its parameters are others than
 * those it has: the input, then the outputs of each layer. Plain numbers, the
 * same as those of `forward()` without dropout.
 *
 * @param parameters in the order of `model.parameters()`.
 */
export function replay(
  model: MLP,
  parameters: ArrayLike<number>,
  x: readonly number[],
): number[][] {
  const columns = [[...x]];
  let at = 0;
  for (const { neurons, residual } of model.layers) {
    const before = columns[columns.length - 1];
    columns.push(neurons.map((neuron, i) => {
      let z = 0;
      for (const input of before) z += parameters[at++] * input;
      if (hasBias(neuron)) z += parameters[at++];
      const y = activateNumber(neuron.activation, z);
      return residual ? y + before[i] : y;
    }));
  }
  return columns;
}
