import { Chart, quantitative, type VegaLiteSpec } from "../chart/chart.ts";
import { colors } from "../show/colors.ts";
import { asName } from "../show/text.ts";
import { defaultStep } from "./differences.ts";
import type { GradcheckCurve, GradcheckCurvePoint } from "./gradcheck_curve.ts";

/**
 * The chart of a curve: the errors over the steps, the slopes of the V, the default step.
 *
 * @param largest for each step the point with the largest error, drawn if the inputs are many.
 */
export function renderGradcheckCurve(
  curve: GradcheckCurve,
  largest: readonly GradcheckCurvePoint[],
): Chart {
  const { points } = curve;
  const labels = [...new Set(points.map(({ label }) => label))];
  const few = labels.length <= 6;
  const drawn = (few ? points : largest).filter(({ error }) => Number.isFinite(error));
  const positive = drawn.map(({ error }) => error).filter((error) => error > 0);
  const floor = 10 ** Math.floor(Math.log10(Math.min(1e-15, ...positive)) - 1);
  const steps = points.map(({ step }) => step);
  const [low, high] = [Math.min(...steps), Math.max(...steps)];
  const top = 10 ** Math.ceil(Math.log10(Math.max(1e-9, ...positive)));
  const values = drawn.map(({ label, step, error }) => ({
    input: few ? asName(label) : "largest of all inputs",
    h: step,
    error: Math.max(error, floor),
    zero: error === 0,
  }));
  const logarithmic = (field: string, title: string, domain: number[], tickCount: number) =>
    quantitative(field, title, {
      scale: { type: "log", domain, nice: false },
      axis: { format: ".0e", tickCount, labelOverlap: true },
    });
  const x = logarithmic("h", "step h", [low, high], 7);
  const whose = few ? "" : "largest ";
  const y = logarithmic("error", `${whose}|backward() − difference|`, [floor, top], 6);
  const color = {
    field: "input",
    type: "nominal",
    sort: null,
    title: null,
    legend: few && labels.length > 1 ? {} : null,
  };
  const notZero = { transform: [{ filter: "!datum.zero" }] };
  const hasZeros = values.some(({ zero }) => zero);
  return new Chart({
    height: 260,
    title: {
      text: "how far differences are from backward(), for each step h",
      ...hasZeros ? { subtitle: "hollow points: the error is exactly 0" } : {},
    },
    layer: [
      {
        data: {
          values: [{ h: defaultStep, text: `gradcheck: h = ${defaultStep.toExponential()}` }],
        },
        encoding: { x },
        layer: [
          { mark: { type: "rule", strokeDash: [2, 3], clip: true } },
          { mark: "text", encoding: { y: { value: -8 }, text: { field: "text" } } },
        ],
      },
      {
        data: { values },
        encoding: { x, y, color },
        layer: [
          { ...notZero, mark: { type: "line", strokeWidth: 1.5 } },
          {
            ...notZero,
            mark: { type: "point", size: 22, filled: true },
            encoding: {
              tooltip: [
                { field: "input", type: "nominal" },
                { field: "h", type: "quantitative", format: ".3g" },
                { field: "error", type: "quantitative", format: ".3g" },
              ],
            },
          },
          {
            transform: [{ filter: "datum.zero" }],
            mark: { type: "point", size: 40, filled: false },
            encoding: { tooltip: { value: "exactly 0" } },
          },
        ],
      },
      ...guides(drawn, low, high, floor, top, x, y),
    ],
  }, curve.toString());
}

/** The two slopes of the V, as dashed lines of slope 2 and −1 through the measured errors. */
function guides(
  points: readonly GradcheckCurvePoint[],
  low: number,
  high: number,
  floor: number,
  top: number,
  x: VegaLiteSpec,
  y: VegaLiteSpec,
): VegaLiteSpec[] {
  const cut = fit(points.filter(({ step }) => step >= 1e-4), 2);
  const rounded = fit(points.filter(({ step }) => step <= 1e-7), -1);
  // Each is drawn where it is the larger of the two: on its own side of where they meet.
  const meet = cut && rounded ? (rounded / cut) ** (1 / 3) : Math.sqrt(low * high);
  const sides = [
    { factor: cut, power: 2, from: high, text: "bend: as h²", near: .85, align: "right", dx: -12 },
    {
      factor: rounded,
      power: -1,
      from: low,
      text: "rounding: as 1/h",
      near: .7,
      align: "left",
      dx: 12,
    },
  ];
  return sides.flatMap(({ factor, power, from, text, near, align, dx }) => {
    if (factor === null || (power > 0 ? meet >= from : meet <= from)) return [];
    const at = (h: number) => ({ h, error: factor * h ** power });
    const label = { ...at(from ** near * meet ** (1 - near)), text };
    if (!(label.error > floor && label.error < top)) return [];
    return [
      {
        data: { values: [at(from), at(meet)] },
        mark: { type: "line", color: colors.ink, strokeWidth: 1.5, strokeDash: [6, 4], clip: true },
        encoding: { x, y },
      },
      {
        data: { values: [label] },
        mark: { type: "text", align, dx, dy: -8 },
        encoding: { x, y, text: { field: "text" } },
      },
    ];
  });
}

/** The c with error ≈ c · hᵖ, by the median; null unless the errors do follow that power. */
function fit(points: readonly GradcheckCurvePoint[], power: number): number | null {
  const logs = points.filter(({ error }) => error > 0)
    .map(({ step, error }) => Math.log10(error) - power * Math.log10(step))
    .sort((a, b) => a - b);
  if (logs.length < 4) return null;
  const quantile = (q: number) => logs[Math.floor(q * (logs.length - 1))];
  return quantile(.75) - quantile(.25) > 1.3 ? null : 10 ** quantile(.5);
}
