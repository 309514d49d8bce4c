import { colors, formatNumber, round } from "../../engine/show/mod.ts";
import { most, places, radius, rowGap } from "../network_view.ts";
import type { RecordedMoment, Recorder } from "./recorder.ts";
import { columnGap, networkLeft } from "./recorder_layout.ts";
import { fillStyles, largestOf, letter, lineStyles } from "./recorder_shades.ts";
import { replay } from "./replay.ts";

/** The network's picture, and how its marks look at each moment. */
export function networkMarks({ model, input }: Recorder, moments: readonly RecordedMoment[]) {
  const sizes = [model.layers[0].nin, ...model.layers.map(({ nout }) => nout)];
  const height = Math.max(...sizes.map((n) => Math.min(n, most))) * rowGap;
  const columns = sizes.map((n, k) => places(n, networkLeft + radius + k * columnGap, height));
  const shown = columns.map((column) =>
    column.flatMap(({ index, x, y }) => index === null ? [] : [{ index, x, y: y + 8 }])
  );
  const largestWeight = largestOf(moments.flatMap(({ parameters }) => parameters));
  const answers = moments.map(({ parameters }) => input && replay(model, parameters, input));
  const largestAnswers = sizes.map((_, k) => {
    const layer = k === 0 ? null : model.layers[k - 1];
    const activation = layer?.neurons[0].activation;
    if (!layer?.residual && (activation === "tanh" || activation === "sigmoid")) return 1;
    return largestOf(answers.flatMap((answer) => answer?.[k] ?? []));
  });

  // Where the parameters of a layer's neurons start in the list of all of them.
  const starts = model.layers.map((_, k) =>
    model.layers.slice(0, k).reduce((n, layer) => n + layer.parameters().length, 0)
  );
  const widths = model.layers.map(({ neurons }) => neurons[0].parameters().length);
  const lines = model.layers.flatMap((_, k) =>
    shown[k + 1].flatMap((to) =>
      shown[k].map((from) => ({
        from,
        to,
        parameter: starts[k] + to.index * widths[k] + from.index,
      }))
    )
  );
  const rings = model.layers.flatMap(({ nin }, k) =>
    widths[k] === nin ? [] : shown[k + 1].map((unit) => ({
      ...unit,
      parameter: starts[k] + unit.index * widths[k] + nin,
    }))
  );
  const drawn = [...lines, ...rings].map(({ parameter }) => parameter);
  const outputs = shown[shown.length - 1];
  const frames = moments.map(({ parameters }, i) => {
    const answer = answers[i];
    return {
      weights: drawn.map((at) => letter(parameters[at], largestWeight)).join(""),
      units: answer === null
        ? ""
        : shown.flatMap((column, k) =>
          column.map(({ index }) => letter(answer[k][index], largestAnswers[k]))
        ).join(""),
      outputs: answer === null
        ? []
        : outputs.map(({ index }) =>
          formatNumber(Number(answer[answer.length - 1][index].toPrecision(3)))
        ),
    };
  });

  const [first] = frames;
  const stroke = (i: number) => {
    const [color, width] = lineStyles[first.weights[i]];
    return `data-weight="" stroke="${color}" stroke-width="${width}"`;
  };
  const units = shown.flatMap((column, k) => column.map((unit) => ({ ...unit, k })));
  const inputs = shown[0].length;
  const body = [
    `<g stroke-linecap="round" stroke-opacity="0.85">`,
    ...lines.map(({ from, to }, i) =>
      `<line x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}" ${stroke(i)}/>`
    ),
    `</g>`,
    ...units.map(({ x, y, k }, i) => {
      const ring = k === 0 || rings.length === 0
        ? `stroke="${colors.line}"`
        : stroke(lines.length + i - inputs);
      const fill = input
        ? `data-unit="" fill="${fillStyles[first.units[i]]}"`
        : `fill="${k === 0 ? colors.input : colors.result}"`;
      return `<circle cx="${x}" cy="${y}" r="${radius}" ${fill} ${ring}/>`;
    }),
    ...columns.flatMap((column) =>
      column.filter(({ index }) => index === null).map(({ x, y }) =>
        `<text x="${x}" y="${
          round(y + 14)
        }" font-size="18" font-weight="bold" text-anchor="middle">⋮</text>`
      )
    ),
    ...outputs.flatMap(({ x, y }, i) =>
      input ? [`<text data-output="" x="${x + 18}" y="${y + 4}">${first.outputs[i]}</text>`] : []
    ),
    ...sizes.map((n, k) => {
      const name = k === 0
        ? (n === 1 ? "input" : "inputs")
        : model.layers[k - 1].neurons[0].activation;
      return `<text x="${columns[k][0].x}" y="${
        height + 40
      }" text-anchor="middle">${n} ${name}</text>`;
    }),
  ];
  const right = columns[columns.length - 1][0].x + 80;
  return { body, frames, right, bottom: height + 40, cut: Math.max(...sizes) > most };
}
