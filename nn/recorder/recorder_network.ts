import { colors, formatNumber, textAt, thin } from "../../engine/show/mod.ts";
import type { MLP } from "../mlp.ts";
import { hasBias } from "../neuron.ts";
import { type DrawnLayer, largestOf, planNetwork, renderPlan } from "../network_view.ts";
import type { RecordedMoment, Recorder } from "./recorder.ts";
import { fills, letter, strokes } from "./recorder_shades.ts";
import { replay } from "./replay.ts";

/** How many letters the answers to the inputs may take in a page. */
const mostLetters = 50_000;

/**
 * The network's picture at the first moment, and what changes in it.
 *
 * @param others inputs that can be chosen instead of the recorder's; of many, some are taken.
 */
export function recordedNetwork(
  { model, input }: Recorder,
  moments: readonly RecordedMoment[],
  others: readonly (readonly number[])[] = [],
) {
  const plans = moments.map(({ parameters }) => planNetwork(layersWith(model, parameters)));
  const perInput = moments.length * (plans[0].units.length + 10);
  const different = others.filter((x) => x.some((number, i) => number !== input?.[i]));
  const inputs = input
    ? [input, ...thin(different, Math.max(2, Math.floor(mostLetters / perInput)))]
    : [];
  const answers = moments.map(({ parameters }) => inputs.map((x) => replay(model, parameters, x)));
  const largest = largestOf(moments.flatMap(({ parameters }) => parameters));
  const reaches = [null, ...model.layers].map((layer, k) => {
    const activation = layer?.neurons[0].activation;
    if (!layer?.residual && (activation === "tanh" || activation === "sigmoid")) return 1;
    return largestOf(answers.flatMap((all) => all.flatMap((answer) => answer[k])));
  });
  const [plan] = plans;
  const outputs = plan.units.filter(({ column }) => column === model.layers.length);
  const frames = plans.map(({ lines, units }, i) => {
    const biases = units.flatMap(({ bias }) => bias ?? []);
    return {
      strokes: [...lines.map(({ weight }) => weight), ...biases]
        .map((x) => letter(x, largest)).join(""),
      fills: answers[i].map((answer) =>
        units.map(({ column, index }) => letter(answer[column][index], reaches[column])).join("")
      ),
      outputs: answers[i].map((answer) =>
        outputs.map(({ column, index }) =>
          formatNumber(Number(answer[column][index].toPrecision(3)))
        )
      ),
    };
  });
  const picture = renderPlan(plan, {
    stroke: (x) => strokes[letter(x, largest)],
    fill: (unit) =>
      input
        ? fills[frames[0].fills[0][plan.units.indexOf(unit)]]
        : unit.column === 0
        ? colors.input
        : colors.result,
    tells: false,
  });
  const numbers = (frames[0].outputs[0] ?? []).map((text, i) =>
    textAt(outputs[i].x + 18, outputs[i].y + 4, text, `data-output=""`)
  );
  return { ...plan, body: [...picture, ...numbers], frames, inputs };
}

/** The layers of a network as they were with other parameters. */
function layersWith({ layers }: MLP, parameters: readonly number[]): DrawnLayer[] {
  let at = 0;
  const next = () => ({ data: parameters[at++] });
  return layers.map(({ neurons, residual }) => ({
    residual,
    neurons: neurons.map((neuron) => ({
      activation: neuron.activation,
      w: neuron.w.map(next),
      b: hasBias(neuron) ? { ...next(), requiresGrad: true } : neuron.b,
    })),
  }));
}
