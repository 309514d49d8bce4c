import { Value } from "../../../mod.ts";
import type { Mistakes } from "./mistakes.ts";

const isNumber = (text: string) => Number.isFinite(Number(text));

/** Wrong answers that readers are likely to give. */
export const mistakes: Mistakes = {
  "9.1": [
    (a, b) => `${a} * ${b}`,
    (a, b) =>
      isNumber(a) && isNumber(b) ? `${Number(a) * Number(b)}` : b === "1" ? a : `${a} * ${b}`,
    (a, b) => {
      if (isNumber(a) && isNumber(b)) return `${Number(a) * Number(b)}`;
      if (a === "0" || b === "0") return "0";
      return a === "1" ? b : b === "1" ? a : `${a} * ${b}`;
    },
    (a, b) => `${Number(a) * Number(b)}`,
  ],
  "9.2": [
    (rows, w) => {
      const slopes = rows.map(([x, y]) => 2 * (w * x - y) * x);
      return [
        rows.reduce((sum, [x, y]) => sum + (w * x - y) ** 2, 0) / rows.length,
        slopes.at(-1)!,
      ];
    },
    (rows, w) => [
      rows.reduce((sum, [x, y]) => sum + (w * x - y) ** 2, 0) / rows.length,
      rows.reduce((sum, [x, y]) => sum + 2 * (w * x - y) * x, 0),
    ],
    (rows, w) => {
      const slopes = rows.map(([x, y]) => 2 * (w * x - y) * x);
      const loss = rows.reduce((sum, [x, y]) => sum + (w * x - y) ** 2, 0) / rows.length;
      return [loss, slopes.at(-1)! / rows.length];
    },
  ],
  "9.3": [
    (z) => z.data > 1 ? z.mul(0).add(1) : z.data < -1 ? z.mul(0).sub(1) : z.mul(1),
    (z) => new Value(Math.max(-1, Math.min(1, z.data))),
    (z) => z.min(1),
    (z) => z.max(1).min(-1),
    (z) => z.tanh(),
    (z) => z.relu().min(1),
  ],
  "9.4": [
    (compiling, eager, compiled) => compiling / (eager - compiled),
    (compiling, eager) => Math.ceil(compiling / eager),
    (compiling, eager, compiled) => Math.floor(compiling / (eager - compiled)),
    (compiling, eager, compiled) => Math.ceil(compiling / (eager - compiled)),
    (compiling, eager, compiled) =>
      eager < compiled ? Infinity : Math.round(compiling / (eager - compiled)),
  ],
  "9.5": [
    (plan, wanted) =>
      plan.map(([name]) => name).filter((name) =>
        wanted.includes(name) || plan.some(([, ...reads]) => reads.includes(name))
      ),
    (plan) =>
      plan.map(([name]) => name).filter((name) =>
        plan.some(([, ...reads]) => reads.includes(name))
      ),
    (plan, wanted) => {
      const names = new Set(wanted);
      for (const [name, ...reads] of plan) if (names.has(name)) reads.forEach((r) => names.add(r));
      return plan.map(([name]) => name).filter((name) => names.has(name));
    },
    (plan) => plan.map(([name]) => name),
  ],
  "9.6": [
    (plan) => plan.length,
    (plan, wanted) =>
      Math.max(
        ...plan.map((_, i) =>
          plan.slice(0, i).filter(([name]) =>
            wanted.includes(name) || plan.slice(i).some(([, ...reads]) => reads.includes(name))
          ).length + 1
        ),
      ),
    (plan) =>
      Math.max(
        ...plan.map((_, i) =>
          plan.slice(0, i + 1).filter(([name]) =>
            plan.slice(i + 1).some(([, ...reads]) => reads.includes(name))
          ).length
        ),
      ),
    () => 1,
  ],
};
