import { exercise } from "./exercise.ts";
import { asList, withField } from "./slips.ts";

/** A Value as notebook 2 makes it, as far as an exercise looks at it. */
export interface Node {
  /** The number. */
  data: number;
  /** How the result of a walk reacts to it. */
  grad: number;
  /** What it was made of. */
  operands: readonly Node[];
  /** Hands the gradient on to the operands. */
  propagate: () => void;
  /** The sum with another node. */
  add(other: Node): Node;
  /** The product with another node. */
  mul(other: Node): Node;
}

/** A class of nodes that can also walk backward from a result. */
export type Root = Node & { backward(): void };

/** What can be put in order: anything with operands. */
export interface Sortable {
  /** What stands before it in the order. */
  readonly operands: readonly Sortable[];
}

/**
 * Puts what a root is made of in order. Written as a method's type, whose parameter may also be
 * narrower, because a reader's own function is about the class of the notebook.
 */
export type Sort = { sort(root: Sortable): readonly Sortable[] }["sort"];

/** A graph to be sorted. */
class Sample {
  readonly nodes: readonly (Sortable & { name: string })[];

  /** Each node's name and, behind an equals sign, its operands: `"a b y=ab"`; the last is the root. */
  constructor(readonly formula: string, nodes: string) {
    const made = new Map<string, Sortable & { name: string }>();
    for (const node of nodes.split(" ")) {
      const [name, names = ""] = node.split("=");
      made.set(name, { name, operands: [...names].map((operand) => made.get(operand)!) });
    }
    this.nodes = [...made.values()];
  }

  get root(): Sortable {
    return this.nodes.at(-1)!;
  }

  /** Says in words what is wrong with an order of the nodes. */
  judge(order: readonly Sortable[]): string {
    asList(order);
    const nameOf = (node: Sortable) => this.nodes.find((other) => other === node)?.name;
    for (const { name, ...node } of this.nodes) {
      const count = order.filter((other) => nameOf(other) === name).length;
      if (count === 0) return `${name} is not in the list`;
      if (count > 1) return `${name} is in the list ${count} times`;
      const place = order.findIndex((other) => nameOf(other) === name);
      const late = node.operands.find((operand) => order.indexOf(operand) > place);
      if (late) return `${name} stands before its operand ${nameOf(late)}`;
    }
    return order.length === this.nodes.length ? fine : "there is more in the list than the nodes";
  }
}

/** A node of the reader's, of which more can be asked only if it is one. */
function asNode<N extends Node>(x: N): N {
  return withField(
    x,
    "data",
    "a node",
    "A number knows nothing of where it came from. Make a node of it, as `add` and `mul` do, and return that.",
  );
}

const fine = "every node once, after its operands";

/** The exercises of the notebook about backpropagation. */
export const exercises = {
  "2.1": exercise<new (data: number) => Node & { square(): Node }>({
    title: "right, until it is used twice",
    bug: "6",
    trials: (WithSquare) => {
      function square(arriving: number): Node[] {
        const a = new WithSquare(3), s = asNode(a.square());
        s.grad = arriving;
        return [a, s];
      }
      return [
        {
          asked: "the data of a² at a = 3",
          got: () => square(0)[1].data,
          expected: 9,
          hint: "The number was right before: it is a · a.",
        },
        {
          asked: "the gradient of a in a² at a = 3",
          got: () => {
            const [a, s] = square(1);
            s.propagate();
            return a.grad;
          },
          expected: 6,
          hint:
            "This was right before. Neither the local derivative nor who gets it has to change.",
        },
        {
          asked: "the gradient of a in y = a² + a at a = 3",
          got: () => {
            const [a, s] = square(0), y = s.add(a);
            y.grad = 1;
            y.propagate();
            s.propagate();
            return a.grad;
          },
          expected: 7,
        },
        {
          asked: "the gradient of a in a² at a = 3, if 10 arrives at a²",
          got: () => {
            const [a, s] = square(10);
            s.propagate();
            return a.grad;
          },
          expected: 60,
          hint: "What arrives from the right is a factor, too.",
        },
      ];
    },
    hints: [
      "Two paths lead from a to y. The direct one has brought 1 by the time that a² has its turn.",
      "Where does that 1 go when a² hands its own part on?",
    ],
    solved: "A test that uses each value once cannot find this bug; one value with two uses can.",
  }),

  "2.2": exercise<Sort>({
    title: "an order to walk in",
    trials: (orderOf) =>
      [
        {
          sample: new Sample("c = a + b", "a b c=ab"),
          hint: (got: unknown) =>
            /^c is not/.test(`${got}`)
              ? "What you start from belongs to the list, too: it is its end."
              : "The list begins with what needs nothing else.",
        },
        {
          sample: new Sample("b = a + a", "a b=aa"),
          hint: "There are two nodes, a and b, however often one of them is used.",
        },
        {
          sample: new Sample("L = (a · b + c) · f", "a b c f e=ab d=ec L=df"),
          hint: "A node may join the list only when all of its operands are in it.",
        },
        {
          sample: new Sample("y = (a + b) · (a · b)", "a b s=ab p=ab y=sp"),
          hint: "Here two ways lead down to a and to b. Remember which nodes you have seen.",
        },
        {
          sample: new Sample("y = a · ((a + b) + c)", "a b c s=ab t=sc y=at"),
          hint: "One way from y to a is short, the other long. The place of a is before both.",
        },
        {
          sample: new Sample("y = ((a + b) + c) · (a + b), with one a + b", "a b c s=ab t=sc y=ts"),
          hint: "y needs t and s, and t needs s, too.",
        },
      ].map(({ sample, hint }) => ({
        asked: `orderOf(${sample.formula[0]}) for ${sample.formula}`,
        got: () => sample.judge(orderOf(sample.root)),
        expected: fine,
        hint,
      })),
    hints: ["First what a node is made of, then the node itself, and each one only once."],
    solved: "Walked from its end, this list is the whole plan of backpropagation. Once you have " +
      "seen the section on depth: would yours survive a chain of 100,000 sums?",
  }),

  "2.3": exercise<new (data: number) => Root & { sub(other: Root): Root }>({
    title: "a difference",
    bug: "1",
    trials: (WithSub) => {
      function gradients(result: (a: InstanceType<typeof WithSub>, b: typeof a) => Node): number[] {
        const a = new WithSub(5), b = new WithSub(3);
        (result(a, b) as Root).backward();
        return [a.grad, b.grad];
      }
      return [
        {
          asked: "the data of 5 − 3",
          got: () => asNode(new WithSub(5).sub(new WithSub(3))).data,
          expected: 2,
          hint: "The number was right before: the first operand minus the second.",
        },
        {
          asked: "the gradient of a in a − b",
          got: () => gradients((a, b) => a.sub(b))[0],
          expected: 1,
          hint: "Nudge the first operand up: which way does the difference go?",
        },
        {
          asked: "the gradient of b in a − b",
          got: () => gradients((a, b) => a.sub(b))[1],
          expected: -1,
          hint: "Nudge the second operand up: which way does the difference go?",
        },
        {
          asked: "the gradients of a and b in (a − b) · b at a = 5, b = 3",
          got: () => gradients((a, b) => a.sub(b).mul(b)),
          expected: [3, -1],
          hint: (got: unknown) =>
            `${got}` === "3,-3"
              ? "b is used twice. Does its line add to what is there, or write over it?"
              : "b is used twice, and the difference gets a gradient that is not 1.",
        },
      ];
    },
    hints: ["The number is right and the gradients are not: look at the two local derivatives."],
    solved:
      "A wrong gradient raises no error and often still trains, only worse. Notebook 4 finds " +
      "such bugs by nudging, without knowing the formula.",
  }),

  "2.4": exercise<new (data: number) => Root & { exp(): Root }>({
    title: "an operation of your own",
    trials: (WithExp) => {
      const e2 = Math.exp(2);
      function gradient(result: (a: InstanceType<typeof WithExp>) => Node): number {
        const a = new WithExp(2);
        (result(a) as Root).backward();
        return a.grad;
      }
      return [
        {
          asked: "the data of a.exp() at a = 2",
          got: () => asNode(new WithExp(2).exp()).data,
          expected: e2,
          hint: "JavaScript's own function for it is Math.exp.",
        },
        {
          asked: "whether a is among the operands of a.exp()",
          got: () => {
            const a = new WithExp(2);
            return a.exp().operands.includes(a);
          },
          expected: true,
          hint: "A node that does not say what it was made of is the end of every walk.",
        },
        {
          asked: "what the propagate of a.exp() is",
          got: () => typeof new WithExp(2).exp().propagate,
          expected: "function",
          hint: "Store a function that is called later, not the result of calling it.",
        },
        {
          asked: "the gradient of a in a.exp() at a = 2",
          got: () => gradient((a) => a.exp()),
          expected: e2,
          hint: (got: unknown) =>
            got === 0
              ? "Nothing has arrived at a. Does its propagate add to `this.grad`?"
              : "The slope of eˣ at a place is the height of eˣ there. The rule for xⁿ does not " +
                "apply, since x stands in the exponent.",
        },
        {
          asked: "the gradient of a in s · s with s = a.exp(), at a = 2",
          got: () => gradient((a) => ((out) => out.mul(out))(a.exp())),
          expected: 2 * e2 * e2,
          hint: "The result of exp is an operand here: what arrives at it from the right is not 1.",
        },
        {
          asked: "the gradient of a in a.exp() + a at a = 2",
          got: () => gradient((a) => a.exp().add(a)),
          expected: e2 + 1,
          hint: "a is used twice. Does your line add to what is there?",
        },
      ];
    },
    hints: ["Begin with a copy of mul: a new Value, its propagate, and return it."],
    solved: "The next notebook brings exp, tanh and powers in just this way: backward() did not " +
      "have to change.",
  }),
};
