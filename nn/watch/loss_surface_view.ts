import { Chart } from "../../engine/mod.ts";
import type { LossSurface } from "./loss_surface.ts";
import { colors, intervalAxis, pointMark, thin } from "../../engine/show/mod.ts";

/** The chart of a loss surface: a map of the losses, the path and its ends on it. */
export function renderLossSurface(surface: LossSurface): Chart {
  const { as, bs, losses, path } = surface;
  const [da, db] = [as[1] - as[0], bs[1] - bs[0]];
  const short = (x: number) => Number(x.toPrecision(4));
  const cells = losses.flatMap((row, j) =>
    row.flatMap((loss, i) => Number.isFinite(loss) ? [{ i, j, loss: short(loss) }] : [])
  );
  const isLog = cells.every(({ loss }) => loss > 0);
  const way = thin(path, 200).map(({ a, b }, order) => ({ a: short(a), b: short(b), order }));
  const ends = way.length === 0
    ? [{ a: 0, b: 0, name: "now" }]
    : [{ ...way[0], name: "start" }, { ...way[way.length - 1], name: "end" }];
  const axis = (field: string, x: readonly number[], d: number, title: string) => ({
    ...intervalAxis(field, [x[0] - d / 2, x[x.length - 1] + d / 2]),
    title,
  });
  const point = way.length <= 60 && { color: colors.paper, size: 20 };
  const which = path.length > 0 ? "direction of the path" : "random direction";
  const x = axis("a", as, da, `first ${which}`);
  const y = axis("b", bs, db, `second ${which}`);
  const place = (field: string, start: number, d: number, k: string, half: number) => ({
    calculate: `${start} + ${d} * (datum.${k} + ${half})`,
    as: field,
  });
  return new Chart({
    title: "A slice through the loss",
    // Whole pixels a cell, or else the page shows through between them.
    width: Math.round(360 / as.length) * as.length,
    height: Math.round(360 / bs.length) * bs.length,
    layer: [
      {
        data: { values: cells },
        transform: [
          place("a", as[0], da, "i", -.5),
          place("a2", as[0], da, "i", .5),
          place("b", bs[0], db, "j", -.5),
          place("b2", bs[0], db, "j", .5),
        ],
        mark: { type: "rect", clip: true },
        encoding: {
          x,
          x2: { field: "a2" },
          y,
          y2: { field: "b2" },
          color: {
            field: "loss",
            type: "quantitative",
            scale: { type: isLog ? "log" : "linear", scheme: "viridis", nice: false },
            legend: { format: ".2~g", title: isLog ? "loss, log scale" : "loss" },
          },
          tooltip: [{ field: "loss", type: "quantitative", format: ".4~g" }],
        },
      },
      ...way.length === 0 ? [] : [{
        data: { values: way },
        mark: { type: "line", color: colors.paper, strokeWidth: 1.5, clip: true, point },
        encoding: { x, y, order: { field: "order", type: "quantitative" } },
      }],
      {
        data: { values: ends },
        encoding: { x, y },
        layer: [
          { mark: { ...pointMark, size: 70, color: colors.negative, strokeWidth: 1.5 } },
          // White letters with a dark border are readable on every colour of the map.
          ...[{ stroke: colors.ink, strokeWidth: 3 }, { color: colors.paper }].map((look) => ({
            mark: { type: "text", dy: -13, fontSize: 13, fontWeight: "bold", ...look },
            encoding: { text: { field: "name", type: "nominal" } },
          })),
        ],
      },
    ],
  }, surface.toString());
}
