/**
 * The code of operations on lists: sums, dot products, log-sum-exp. A list is
 * gone through term by term; a term of a dot is a pair.
 *
 * @module
 */
import { type NaryOp, partial } from "../../rules.ts";
import type { AdjointBook } from "./adjoints.ts";
import { type Address, Emitter, type Expr, Lanes, pushBase, pushSplat } from "../code/lanes.ts";
import {
  addToScalar,
  eachMember,
  emitOptions,
  overExamples,
  ownIndex,
  pushLaneSum,
  pushStore,
  pushVector,
  writeRow,
  zeroAdjoints,
} from "./pieces.ts";
import type { Group, Kernel } from "../plan/plan.ts";
import { type Position, type Setting, Site } from "./site.ts";
import { laneWorld } from "../code/lane_arithmetic.ts";
import type { Code } from "../code/wasm.ts";

/** Lists up to this length are written term by term instead of in a loop. */
const unrolled = 12;

/** One term of a list: its operands, and where their adjoints are. */
interface Term {
  readonly b: Lanes;
  readonly site: Site;
  readonly values: readonly Expr[];
  readonly i: Position;
}

/** The terms of a list, one after the other. */
type Pass = (visit: (term: Term) => void) => void;

/** The values of a group of lists. */
export function forwardList(code: Code, setting: Setting, kernel: Kernel): void {
  const [group] = kernel.groups;
  eachMember(code, kernel.count, (m) => {
    const accumulator = code.local("v128"), top = code.local("v128");
    overTerms(code, setting, group, m, (pass, site) => {
      const b = new Lanes(), w = laneWorld(b);
      const set = (local: number, value: Expr) => {
        const emitter = new Emitter(code, emitOptions(setting), [value]);
        emitter.push(value);
        code.set(local);
        emitter.end();
      };
      const gather = (local: number, start: number, step: (total: Expr, term: Term) => Expr) => {
        set(local, b.literal(start));
        pass((term) => set(local, step(term.b.local(local), term)));
        return b.local(local);
      };
      const result = {
        sum: () =>
          gather(accumulator, 0, (total, { b, values: [x] }) => laneWorld(b).add(total, x)),
        dot: () =>
          gather(accumulator, 0, (total, { b, values: [x, y] }) => {
            const w = laneWorld(b);
            return setting.isFused ? b.op("madd", x, y, total) : w.add(total, w.mul(x, y));
          }),
        // As in the table: the largest is taken out first, and where it is not finite it is the answer.
        logSumExp: () => {
          const most = gather(top, -Infinity, (all, { b, values: [x] }) => b.op("max", all, x));
          // All but the first of the largest, which is the 1 of log1p.
          const found = code.local("v128");
          set(accumulator, b.literal(0));
          set(found, b.literal(0));
          pass(({ b, values: [x] }) => {
            const w = laneWorld(b);
            const isTop = b.op("eq", x, b.local(top));
            const isOne = b.op("andnot", isTop, b.local(found));
            const part = b.op("andnot", w.exp(w.sub(x, b.local(top))), isOne);
            set(accumulator, w.add(b.local(accumulator), part));
            set(found, b.op("or", b.local(found), isTop));
          });
          code.release("v128", found);
          const others = log1p(b, b.local(accumulator));
          const isFinite = b.op("lt", w.abs(most), b.literal(Infinity));
          return b.op("bitselect", w.add(most, others), most, isFinite);
        },
      }[group.op as NaryOp]();
      const address = site(setting.memory.values[group.area]);
      const emitter = new Emitter(code, emitOptions(setting), [result]);
      pushBase(code, address);
      emitter.push(result);
      pushStore(code, setting, group.area, address.offset);
      emitter.end();
    });
    code.release("v128", accumulator);
    code.release("v128", top);
  });
}

/**
 * log(1 + x) for x from 0: what 1 + x lost of x, over the sum, is what its logarithm lacks; as in
 * log1p of the GNU Scientific Library.
 */
function log1p(b: Lanes, x: Expr): Expr {
  const w = laneWorld(b), one = b.literal(1);
  const sum = w.add(one, x);
  return w.sub(w.log(sum), w.div(w.sub(w.sub(sum, one), x), sum));
}

/** The gradients that a group of lists hands back to its operands. */
export function backwardList(
  code: Code,
  setting: Setting,
  kernel: Kernel,
  book: AdjointBook,
): void {
  const [group] = kernel.groups;
  const { memory } = setting;
  const active = group.operands.map((operand, k) => ({ operand, k })).filter(({ operand }) =>
    operand.isActive
  );
  const modes = book.begin(kernel, active.map(({ operand }) => operand));
  modes.zero.forEach((zeroed) => zeroAdjoints(code, setting, zeroed));
  eachMember(code, kernel.count, (m) => {
    const adjoint = code.local("v128"), result = code.local("v128"), part = code.local("v128");
    const load = (local: number, address: Address) => {
      if (group.area === "row") pushVector(code, address);
      else pushSplat(code, address, memory.type);
      code.set(local);
    };
    overTerms(code, setting, group, m, (pass, own) => {
      load(adjoint, own(memory.adjoints[group.area]));
      load(result, own(memory.values[group.area]));
      pass(({ b, site, values, i }) => {
        const w = laneWorld(b);
        for (const [n, { operand, k }] of active.entries()) {
          const slope = partial(w, group.op as NaryOp, b.local(result), values, k);
          const value = w.mul(b.local(adjoint), slope);
          const emitter = new Emitter(code, emitOptions(setting), [value]);
          const { index, area } = operand;
          if (area === "row") {
            const address = site.row(memory.adjoints.row, index, m, i, group.terms);
            writeRow(code, setting, address, modes.isFirst(n), () => emitter.push(value));
          } else {
            const address = site.scalarAddress(memory.adjoints.scalar, index, m, i, group.terms);
            emitter.push(value);
            code.set(part);
            addToScalar(code, setting, address, () => {
              if (group.area === "row") pushLaneSum(code, setting, part);
              else code.get(part);
            });
          }
          emitter.end();
        }
      });
    });
    for (const local of [adjoint, result, part]) code.release("v128", local);
  });
}

/** Whose values the backward code of a group of lists reads. */
export function listNeeds(group: Group): Set<Group> {
  const b = new Lanes(), w = laneWorld(b);
  const result = b.local(-1);
  const values = group.operands.map((_, k) => b.local(k));
  const needed = new Set<Group>();
  const visit = (e: Expr) => {
    if (e === result) needed.add(group);
    const k = values.indexOf(e);
    if (k >= 0) group.operands[k].groups.forEach((source) => needed.add(source));
    e.args.forEach(visit);
  };
  group.operands.forEach(({ isActive }, k) => {
    if (isActive) visit(partial(w, group.op as NaryOp, result, values, k));
  });
  return needed;
}

/**
 * A loop over the examples, in which `body` may go over the terms of member m
 * as often as it likes; `own` gives the member's own address.
 */
function overTerms(
  code: Code,
  setting: Setting,
  group: Group,
  m: Position,
  body: (pass: Pass, own: (base: number) => Address) => void,
): void {
  const { memory } = setting;
  const { terms, operands, area } = group;
  const b = new Lanes();
  const outer = new Site(code, setting, b);
  const termAt = (site: Site, b: Lanes, i: Position): Term => ({
    b,
    site,
    i,
    values: operands.map(({ area, index }) =>
      area === "row"
        ? b.load(site.row(memory.values.row, index, m, i, terms))
        : site.scalar(memory.values.scalar, index, m, i, terms)
    ),
  });
  // What the outer site needs has to be known before the loop begins.
  const own = (base: number) =>
    area === "row"
      ? outer.row(base, ownIndex(group), m)
      : outer.scalarAddress(base, ownIndex(group), m);
  own(0);
  const written = terms <= unrolled
    ? Array.from({ length: terms }, (_, i) => {
      for (const { area, index } of operands) {
        if (area === "row") outer.row(0, index, m, i, terms);
        else outer.scalarAddress(0, index, m, i, terms);
      }
      return termAt(outer, b, i);
    })
    : null;
  overExamples(code, group, outer, (at) => {
    const pass: Pass = (visit) => {
      if (written) {
        written.forEach(visit);
        return;
      }
      code.loop(0, terms, 1, (local) => {
        const inside = new Lanes();
        const site = new Site(code, setting, inside, at);
        visit(termAt(site, inside, { local }));
        site.end();
      });
    };
    body(pass, own);
  });
  outer.end();
}
