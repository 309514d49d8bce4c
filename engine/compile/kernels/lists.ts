/**
 * The code of operations on lists: sums, dot products, log-sum-exp. A list is
 * gone through term by term; a term of a dot is a pair.
 *
 * @module
 */
import { type NaryOp, partial, type World } from "../../rules.ts";
import type { Expr, Lanes } from "../code/lanes.ts";
import type { Address } from "../code/code.ts";
import { isListOp } from "../plan/nodes.ts";
import { type Group, type Kernel, ownPlaces, type Places } from "../plan/plan.ts";
import type { AdjointBook } from "./adjoints.ts";
import { type Across, areHanded, areRead } from "./neighbours.ts";
import { readBack } from "./needs.ts";
import type { KernelCode, Position, Quantity } from "./kernel_code.ts";
import { Site } from "./site.ts";

/** Lists up to this length are written term by term instead of in a loop. */
const unrolled = 8;
/** So many terms of a longer one are written in one turn of its loop. */
const termsOfTurn = 4;

/** One term of a list, or a vector of neighbours: its operands, and where their adjoints are. */
interface Term {
  readonly b: Lanes;
  readonly w: World<Expr>;
  readonly site: Site;
  readonly values: readonly Expr[];
  readonly i: Position;
  readonly isVector: boolean;
}

/** The terms of a list, one after the other. */
type Pass = (visit: (term: Term) => void) => void;

/** Whether the terms of a list are written one after the other. */
function areWritten({ terms }: Group): boolean {
  return terms <= unrolled;
}

/** How many terms of a list are written, instead of one in a loop. */
function writtenTerms(group: Group): number {
  return areWritten(group) ? group.terms : 1;
}

function listOp({ op }: Group): NaryOp {
  if (isListOp(op)) return op;
  throw new Error(`compile: ${op} takes no list`);
}

/** The values of a group of lists. */
export function forwardList(code: KernelCode, kernel: Kernel): void {
  const [group] = kernel.groups, { kept } = group;
  const write = (m: Position, across?: Across) => {
    const accumulator = code.local("v128"), top = code.local("v128");
    overTerms(code, group, m, across, (pass, own, outer) => {
      const { lanes: b, world: w } = code.setting;
      const set = (local: number, value: Expr) => {
        const emitter = code.emitter(value);
        emitter.push(value);
        code.set(local);
      };
      const reduce = (local: number, start: number, step: (total: Expr, term: Term) => Expr) => {
        set(local, b.literal(start));
        pass((term) => set(local, step(term.b.local(local), term)));
        return b.local(local);
      };
      const add = (step: (total: Expr, term: Term) => Expr) => {
        if (!areWritten(group)) return reduce(accumulator, 0, step);
        let total = b.literal(0);
        pass((term) => total = step(total, term));
        return total;
      };
      const result = {
        sum: () => add((total, { w, values: [x] }) => w.add(total, x)),
        dot: () =>
          add((total, { b, w, values: [x, y] }) =>
            code.setting.isFused ? b.op("madd", x, y, total) : w.add(total, w.mul(x, y))
          ),
        // As in the table: the largest is taken out first, and where it is not finite it is the answer.
        logSumExp: () => {
          const most = reduce(top, -Infinity, (all, { w, values: [x] }) => w.max(all, x));
          // All but the first of the largest, which is the 1 of log1p.
          const found = code.local("v128"), power = code.local("v128");
          set(accumulator, b.literal(0));
          set(found, b.literal(0));
          pass(({ b, w, site, values: [x], i }) => {
            set(power, w.exp(w.sub(x, b.local(top))));
            if (kept !== null) {
              site.store(site.address("values", kept, m, i), kept, () => code.get(power));
            }
            const isTop = b.op("eq", x, b.local(top));
            const isOne = b.op("andnot", isTop, b.local(found));
            const part = b.op("andnot", b.local(power), isOne);
            set(accumulator, w.add(b.local(accumulator), part));
            set(found, b.op("or", b.local(found), isTop));
          });
          const others = log1p(w, b.local(accumulator));
          const isFinite = b.op("lt", w.abs(most), b.literal(Infinity));
          const result = b.op("bitselect", w.add(most, others), most, isFinite);
          if (kept !== null) {
            set(accumulator, result);
            const ofLargest = w.exp(w.sub(most, b.local(accumulator)));
            set(power, b.op("bitselect", ofLargest, b.literal(1), isFinite));
            outer.store(own("values", kept, group.terms), kept, () => code.get(power));
          }
          for (const local of [found, power]) code.release("v128", local);
          return kept === null ? result : b.local(accumulator);
        },
      }[listOp(group)]();
      const emitter = code.emitter(result);
      outer.store(own("values"), ownPlaces(group), () => emitter.push(result));
    });
    code.release("v128", accumulator);
    code.release("v128", top);
  };
  if (areRead(kernel)) {
    code.eachNeighbour(kernel.count, (m, vectors) => write(m, vectors > 0 ? "member" : undefined));
  } else code.eachMember(kernel.count, (m) => write(m), writtenTerms(group));
}

/**
 * log(1 + x) for x from 0: what 1 + x lost of x, over the sum, is what its logarithm lacks; as in
 * log1p of the GNU Scientific Library.
 */
function log1p(w: World<Expr>, x: Expr): Expr {
  const one = w.lit(1);
  const sum = w.add(one, x);
  return w.sub(w.log(sum), w.div(w.sub(w.sub(sum, one), x), sum));
}

/** The gradients that a group of lists hands back to its operands. */
export function backwardList(code: KernelCode, kernel: Kernel, book: AdjointBook): void {
  const [group] = kernel.groups, { kept, terms } = group;
  const active = group.operands.map((operand, k) => ({ operand, k }))
    .filter(({ operand }) => operand.isActive);
  const readsResult = kept !== null || readBack(group).includes(-1);
  const modes = book.begin(kernel, active.map(({ operand }) => operand));
  code.zeroAdjoints(modes.zero);
  const isAcross = areRead(kernel) &&
    areHanded(kernel, active.map(({ operand }) => operand), "position");
  code.eachMember(kernel.count, (m) => {
    const adjoint = code.local("v128"), result = code.local("v128"), part = code.local("v128");
    overTerms(code, group, m, isAcross ? "position" : undefined, (pass, own) => {
      const load = (local: number, address: Address) => {
        code.base(address);
        if (group.area === "row") code.loadVector(address.offset);
        else code.loadSplat(address.offset);
        code.set(local);
      };
      load(adjoint, own("adjoints"));
      if (readsResult) load(result, kept === null ? own("values") : own("values", kept, terms));
      pass(({ b, w, site, values, i, isVector }) => {
        for (const [n, { operand, k }] of active.entries()) {
          const slope = kept === null
            ? partial(w, listOp(group), b.local(result), values, k)
            : w.mul(b.local(result), site.value("values", kept, m, i));
          const value = w.mul(b.local(adjoint), slope);
          const emitter = code.emitter(value);
          const address = site.address("adjoints", operand, m, i, terms);
          const isFirst = modes.isFirst(n), push = () => emitter.push(value);
          if (operand.area === "row") code.writeRow(address, isFirst, push);
          else if (isVector) site.addTo(address, operand, push, isFirst);
          else if (group.area === "scalar") code.addToScalar(address, push, isFirst);
          else {
            push();
            code.set(part);
            code.addToScalar(address, () => code.laneSum(part));
          }
        }
      });
    });
    for (const local of [adjoint, result, part]) code.release("v128", local);
  }, writtenTerms(group));
}

/**
 * A loop over the examples, in which `body` may go over the terms of member m
 * as often as it likes; `own` gives the member's own address, or one of those it keeps.
 *
 * @param across whether the lanes are members from m on, or positions.
 */
function overTerms(
  code: KernelCode,
  group: Group,
  m: Position,
  across: Across | undefined,
  body: (
    pass: Pass,
    own: (of: Quantity, places?: Places, i?: number) => Address,
    site: Site,
  ) => void,
): void {
  const { terms, operands, kept } = group;
  const { lanes: b, world: w } = code.setting;
  const ofMembers = across === "member" ? across : undefined;
  const outer = new Site(code, { across: ofMembers });
  const valuesAt = (site: Site, i: Position) =>
    operands.map((operand) => site.value("values", operand, m, i, terms));
  // What the outer site needs has to be known before the loop begins.
  const own = (of: Quantity, places = ownPlaces(group), i = 0) => outer.address(of, places, m, i);
  own("values");
  if (kept !== null) own("values", kept);
  const written: Term[] = [], count = areWritten(group) ? terms : 0;
  const turn = group.op === "logSumExp" ? 1 : termsOfTurn;
  for (let i = 0; i < count; i++) {
    written.push({ b, w, site: outer, values: valuesAt(outer, i), i, isVector: false });
  }
  outer.overExamples(group.area, (at) => {
    const pass: Pass = (visit) => {
      if (count > 0) {
        written.forEach(visit);
        return;
      }
      const visitAt = (i: Position, isVector: boolean) => {
        const site = new Site(code, { examples: at, across: isVector ? across : ofMembers });
        visit({ b, w, site, values: valuesAt(site, i), i, isVector });
        site.end();
      };
      if (across === "position") {
        code.eachNeighbour(terms, (i, vectors) => visitAt(i, vectors > 0));
        return;
      }
      const whole = terms - terms % turn;
      code.loop(0, whole, turn, (local) => {
        for (let ahead = 0; ahead < turn; ahead++) visitAt({ local, ahead }, false);
      });
      for (let i = whole; i < terms; i++) visitAt(i, false);
    };
    body(pass, own, outer);
  });
  outer.end();
}
