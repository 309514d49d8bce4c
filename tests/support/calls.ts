import * as library from "../../mod.ts";
import * as extensions from "../../engine/extend.ts";
import {
  ChainedScheduler,
  Chart,
  compile,
  confusionMatrix,
  CosineAnnealingLR,
  Dataset,
  decisionBoundary,
  draw,
  Embedding,
  explain,
  ExponentialLR,
  fit,
  FitHistory,
  gradcheckCurve,
  LambdaLR,
  Layer,
  LayerNorm,
  LinearLR,
  LossHistory,
  lossSurface,
  MLP,
  monitor,
  mseLoss,
  Neuron,
  RandomGenerator,
  Recorder,
  RMSNorm,
  SequentialLR,
  SGD,
  StandardScaler,
  stateDict,
  StepLR,
  steps,
  sum,
  toJSON,
  toSafetensors,
  Value,
} from "../../mod.ts";

/** A call of a public function that succeeds: with everything that it takes. */
export interface Call {
  /** What is called: `log`, `SGD`, `Dataset.split`. */
  name: string;
  /** What the parameters are called, as errors name them; the last of them may be `options`. */
  parameters: readonly string[];
  /** Values for all of them, made anew. */
  args(): unknown[];
  /** Does it. */
  call(...args: unknown[]): unknown;
}

// deno-lint-ignore no-explicit-any
type Any = any;

const value = () => new Value(2);
const graph = () => new Value(2, { label: "x" }).mul(3);
const model = () => new MLP(2, [2, 1], { generator: new RandomGenerator(1) });
const data = () => ({ x: [[0, 1], [1, 0]], y: [1, -1] });
const sgd = () => new SGD([value()], { lr: .1 });
const schedule = () => new StepLR(sgd(), { stepSize: 2 });
const fitted = () => {
  const trained = model();
  const optimizer = new SGD(trained.parameters());
  fit(trained, data(), { loss: mseLoss, optimizer, epochs: 1 });
  return trained;
};
const loss = (outputs: Any, targets: Any) => mseLoss(outputs, targets);
const program = () => {
  const [x, w] = [value(), value()];
  const y = x.mul(w);
  const made = compile(y, { inputs: [x], parameters: [w], outputs: [y] });
  made.load([[1]]);
  return { made, optimizer: new SGD([w]) };
};
const training = () => {
  const { made, optimizer } = program();
  return made.training(optimizer);
};
const image = () => ({ x: [[0, 1, 1, 0], [1, 0, 0, 1]], y: [1, 0], imageSize: [2, 2] });

/** Parameters, values for them, and for a method what it is called on. */
type Entry = readonly [parameters: string, args: () => unknown[], on?: () => unknown];

const nothing = (on: () => unknown): Entry => ["", () => [], on];

const unary: Entry = ["the operand", () => [.5]];
const binary: Entry = ["the first operand,the second operand", () => [.5, 2]];
const losses = (a: string, b: string): Entry => [`${a},${b},options`, () => [[.5], [1], {}]];

/** All of it, by name; a method is `Class.method`. */
const entries: Record<string, Entry> = {
  ...Object.fromEntries(extensions.unaryOps.map((op) => [op, unary])),
  ...Object.fromEntries(extensions.binaryOps.map((op) => [op, binary])),
  ...Object.fromEntries(extensions.unaryOps.map((op) => [`Value.${op}`, nothing(value)])),
  ...Object.fromEntries(
    extensions.binaryOps.map((op) => [`Value.${op}`, ["the second operand", () => [2], value]]),
  ),
  sum: ["xs", () => [[1, 2]]],
  mean: ["xs", () => [[1, 2]]],
  prod: ["xs", () => [[1, 2]]],
  clamp: ["x,min,max", () => [.5, 0, 1]],
  dot: ["a,b", () => [[1], [2]]],
  logSumExp: ["xs", () => [[1, 2]]],
  softmax: ["logits", () => [[1, 2]]],
  Value: ["data,options", () => [1, {}]],
  "Value.backward": nothing(graph),
  "Value.detach": nothing(value),
  "Value.clamp": ["min,max", () => [0, 1], value],
  grad: ["y,xs", () => [graph(), [value()]]],
  jacobian: ["fn,xs", () => [(...x: Value[]) => x, [1]]],
  hessian: ["fn,xs", () => [(...x: Value[]) => sum(x), [1]]],
  scope: ["name,part", () => ["part", value]],
  topologicalOrder: ["root", () => [graph()]],
  applyRule: ["rule,data,grad", () => [sgd().rule, [1], [1]]],
  RandomGenerator: ["seed", () => [1]],
  "RandomGenerator.uniform": ["low,high", () => [0, 1], () => new RandomGenerator(1)],
  "RandomGenerator.normal": ["mean,std", () => [0, 1], () => new RandomGenerator(1)],
  "RandomGenerator.integer": ["n", () => [2], () => new RandomGenerator(1)],
  "RandomGenerator.permutation": ["n", () => [2], () => new RandomGenerator(1)],
  "RandomGenerator.stateDict": nothing(() => new RandomGenerator(1)),
  "RandomGenerator.loadStateDict": [
    "state",
    () => [new RandomGenerator(1).stateDict()],
    () => new RandomGenerator(1),
  ],
  formula: ["y", () => [graph()]],
  derivative: ["y,x", () => [graph(), value()]],
  explain: ["x,y", () => [value(), graph()]],
  "Explanation.latex": nothing(() => explain(value(), graph())),
  "Explanation.summary": nothing(() => explain(value(), graph())),
  steps: ["root,options", () => [graph(), {}]],
  "Steps.svg": ["seconds", () => [1], () => steps(graph())],
  interact: ["fn,controls,options", () => [Math.sin, { x: [0, 1] }, {}]],
  secant: ["f,x,options", () => [Math.sin, 1, {}]],
  gradcheck: ["fn,inputs,options", () => [(...x: Value[]) => sum(x), [1], {}]],
  gradcheckCurve: ["fn,inputs,options", () => [(...x: Value[]) => sum(x), [1], {}]],
  "GradcheckCurve.chart": nothing(() => gradcheckCurve((x) => x.mul(2), [1])),
  draw: ["root,options", () => [graph(), {}]],
  "Drawing.svg": nothing(() => draw(graph())),
  Chart: ["spec,text", () => [{ mark: "point", data: { values: [] } }, "a chart"]],
  "Chart.svg": nothing(() => new Chart({ mark: "point", data: { values: [] } })),
  Table: ["rows,caption,columns", () => [[{ a: 1 }], "a table", ["a"]]],
  compile: ["loss,options", () => {
    const [x, w] = [value(), value()];
    return [x.mul(w), { inputs: [x], parameters: [w] }];
  }],
  "Program.close": nothing(() => program().made),
  "Program.load": ["examples", () => [[[1]]], () => program().made],
  "Program.forward": ["batch", () => [[0]], () => program().made],
  "Program.backward": ["batch", () => [[0]], () => program().made],
  "Program.outputs": nothing(() => program().made),
  "Program.losses": nothing(() => program().made),
  "Program.standalone": [
    "options",
    () => [{ optimizer: shared.optimizer }],
    () => shared.made,
  ],
  "Program.training": ["optimizer", () => [shared.optimizer], () => shared.made],
  "Program.train": ["optimizer,batches", () => [shared.optimizer, [[0]]], () => shared.made],
  "Training.step": ["batch,adjust", () => [[0], () => {}], training],
  "Training.pull": nothing(training),
  "Training.evaluate": ["batch", () => [[0]], training],
  "Training.share": nothing(training),
  Neuron: ["nin,options,nout", () => [2, {}, 1]],
  "Neuron.forward": ["x", () => [[1, 2]], () => new Neuron(2)],
  "Neuron.parameters": nothing(() => new Neuron(2)),
  Layer: ["nin,nout,options", () => [2, 2, {}]],
  "Layer.forward": ["x", () => [[1, 2]], () => new Layer(2, 2)],
  "Layer.parameters": nothing(() => new Layer(2, 2)),
  MLP: ["nin,nouts,options", () => [2, [1], {}]],
  "MLP.forward": ["x", () => [[1, 2]], model],
  "MLP.parameters": nothing(model),
  Embedding: ["numEmbeddings,embeddingDim,options", () => [3, 2, {}]],
  "Embedding.forward": ["index", () => [1], () => new Embedding(3, 2)],
  "Embedding.parameters": nothing(() => new Embedding(3, 2)),
  RMSNorm: ["size,options", () => [2, {}]],
  "RMSNorm.forward": ["x", () => [[1, 2]], () => new RMSNorm(2)],
  "RMSNorm.parameters": nothing(() => new RMSNorm(2)),
  LayerNorm: ["size,options", () => [2, {}]],
  "LayerNorm.forward": ["x", () => [[1, 2]], () => new LayerNorm(2)],
  "LayerNorm.parameters": nothing(() => new LayerNorm(2)),
  "Module.train": ["mode", () => [true], model],
  "Module.eval": nothing(model),
  "Module.zeroGrad": nothing(model),
  mseLoss: losses("predictions", "targets"),
  l1Loss: losses("predictions", "targets"),
  huberLoss: losses("predictions", "targets"),
  hingeLoss: losses("scores", "labels"),
  binaryCrossEntropyWithLogits: losses("logits", "targets"),
  crossEntropy: ["logits,classes,options", () => [[[.5, 1]], [0], {}]],
  SGD: ["parameters,options", () => [[value()], {}]],
  Adam: ["parameters,options", () => [[value()], {}]],
  AdamW: ["parameters,options", () => [[value()], {}]],
  "Optimizer.step": nothing(sgd),
  "Optimizer.update": ["data,grad", () => [[1], [1]], sgd],
  "Optimizer.zeroGrad": nothing(sgd),
  "Optimizer.stateDict": nothing(sgd),
  "Optimizer.loadStateDict": ["state", () => [sgd().stateDict()], sgd],
  clipGradNorm: ["parameters,maxNorm", () => [[value()], 1]],
  clipGradValue: ["parameters,clipValue", () => [[value()], 1]],
  StepLR: ["optimizer,options", () => [sgd(), { stepSize: 2 }]],
  ExponentialLR: ["optimizer,options", () => [sgd(), { gamma: .5 }]],
  LambdaLR: ["optimizer,lrLambda", () => [sgd(), () => 1]],
  "LambdaLR.rate": ["t,start,lr", () => [1, .2, .1], () => new LambdaLR(sgd(), () => 1)],
  SequentialLR: ["optimizer,options", () => {
    const optimizer = sgd();
    return [optimizer, { schedulers: [new LinearLR(optimizer)], milestones: [] }];
  }],
  "SequentialLR.rate": ["t,start,lr", () => [1, .2, .1], () => {
    const optimizer = sgd();
    return new SequentialLR(optimizer, { schedulers: [new LinearLR(optimizer)], milestones: [] });
  }],
  ChainedScheduler: ["schedulers", () => [[schedule()]]],
  "ChainedScheduler.rate": [
    "t,start,lr",
    () => [1, .2, .1],
    () => new ChainedScheduler([schedule()]),
  ],
  LinearLR: ["optimizer,options", () => [sgd(), {}]],
  "LinearLR.rate": ["t,start,lr", () => [1, .2, .1], () => new LinearLR(sgd())],
  CosineAnnealingLR: ["optimizer,options", () => [sgd(), { tMax: 2 }]],
  "LRScheduler.step": nothing(schedule),
  "LRScheduler.stateDict": nothing(schedule),
  "LRScheduler.loadStateDict": ["state", () => [schedule().stateDict()], schedule],
  "StepLR.rate": ["t,start,lr", () => [1, .2, .1], schedule],
  "ExponentialLR.rate": [
    "t,start,lr",
    () => [1, .2, .1],
    () => new ExponentialLR(sgd(), { gamma: .5 }),
  ],
  "CosineAnnealingLR.rate": [
    "t,start,lr",
    () => [1, .2, .1],
    () => new CosineAnnealingLR(sgd(), { tMax: 2 }),
  ],
  fit: ["model,data,options", () => {
    const made = model();
    return [made, data(), { loss, optimizer: new SGD(made.parameters()), epochs: 1 }];
  }],
  FitHistory: ["losses,epochs,eagerBecause,options", () => [[1], [], null, {}]],
  "FitHistory.chart": nothing(() => new FitHistory([1], [])),
  "FitHistory.table": nothing(() => new FitHistory([1], [])),
  makeMoons: ["options", () => [{}]],
  makeCircles: ["options", () => [{}]],
  makeSpirals: ["options", () => [{}]],
  makeXor: ["options", () => [{}]],
  loadDigits: ["", () => []],
  loadNames: ["", () => []],
  Dataset: ["x,y,options", () => [[[1]], [1], {}]],
  "Dataset.select": ["indices", () => [[0]], () => new Dataset([[1]], [1])],
  "Dataset.split": ["testSize,seed", () => [.5, 1], () => new Dataset([[1], [2]], [1, 0])],
  StandardScaler: ["x", () => [[[1], [2]]]],
  "StandardScaler.transform": ["data", () => [[[1]]], () => new StandardScaler([[1], [2]])],
  predict: ["model,x,options", () => [new MLP(2, [2]), [[1, 2]], {}]],
  historyOf: ["model", () => [fitted()]],
  accuracy: ["model,data,options", () => [model(), data(), {}]],
  confusionMatrix: ["actual,predicted,options", () => [[0, 1], [1, 0], {}]],
  "ConfusionMatrix.table": nothing(() => confusionMatrix([0], [0])),
  "ConfusionMatrix.chart": nothing(() => confusionMatrix([0], [0])),
  decisionBoundary: ["model,data,options", () => [model(), data(), {}]],
  "DecisionBoundary.chart": nothing(() => decisionBoundary(model(), data())),
  predictionGrid: ["model,data,options", () => [new MLP(4, [2]), image(), {}]],
  drawingPad: ["model,imageSize,pixels", () => [new MLP(4, [2]), [2, 2], [0, 1, 0, 1]]],
  weightImages: ["layer,imageSize", () => [new Layer(4, 2), [2, 2]]],
  diagnose: ["loss,model", () => {
    const made = model();
    return [made.forward([1, 2]), made];
  }],
  lossSurface: ["loss,model,options", () => {
    const made = model();
    return [() => made.forward([1, 2]), made, { n: 2 }];
  }],
  "LossSurface.chart": nothing(() => {
    const made = model();
    return lossSurface(() => made.forward([1, 2]) as Value, made, { n: 2 });
  }),
  LossHistory: ["options", () => [{}]],
  "LossHistory.push": ["loss", () => [1], () => new LossHistory()],
  "LossHistory.chart": nothing(() => new LossHistory()),
  monitor: ["steps,options", () => [2, {}]],
  "Monitor.push": ["loss", () => [1], () => monitor(1e6, { output: () => {} })],
  Recorder: ["model,options", () => [model(), {}]],
  "Recorder.record": ["loss", () => [1], () => new Recorder(model())],
  "Recorder.boundary": ["moment", () => {
    return [{ parameters: model().parameters().map((p) => p.data) }];
  }, () => new Recorder(model(), { data: data() })],
  stateDict: ["model", () => [model()]],
  loadStateDict: ["model,state", () => [model(), stateDict(model())]],
  toJSON: ["model", () => [model()]],
  fromJSON: ["text,model", () => [toJSON(model()), model()]],
  toSafetensors: ["model,options", () => [model(), {}]],
  fromSafetensors: ["bytes,model,options", () => [toSafetensors(model()), model(), {}]],
  toONNX: ["model,options", () => [model(), {}]],
  save: ["model,path,options", () => [model(), "nowhere.txt", {}]],
  load: ["path,model", () => ["nowhere.txt", model()]],
};

const shared = program();

/** What is no call: names, lists of names, a tag, and classes that only the library makes. */
const others = new Set([
  ...["display", "inspect", "binaryOps", "naryOps", "unaryOps"],
  ...["math", "Module", "Optimizer", "LRScheduler", "Shown", "Charted"],
  ...["Drawing", "Explanation", "GradcheckCurve", "GradcheckError", "Steps", "ConfusionMatrix"],
  ...["DecisionBoundary", "DrawingPad", "LossSurface", "PredictionGrid", "WeightImages"],
]);

/** Methods that JavaScript itself calls, or a class of the library. */
const ownMethods = new Set([
  "constructor",
  "toString",
  "begin",
  "decay",
  "leave",
  "lines",
  "steady",
]);

const exported: Record<string, unknown> = { ...library, ...extensions };

/** Classes that are not exported, and what is called on objects of them. */
const hidden: Record<string, object> = {
  Drawing: draw(graph()),
  Program: shared.made,
  Training: training(),
  Monitor: monitor(1),
};

/** The names of all public functions, constructors and methods, as they are when it is asked. */
export function publicNames(): string[] {
  const classes = [
    ...Object.entries(exported).filter(([, x]) => isClass(x)),
    ...Object.entries(hidden).map(([name, { constructor }]) => [name, constructor] as const),
  ];
  const methods = classes.flatMap(([name, made]) =>
    Object.entries(Object.getOwnPropertyDescriptors((made as Any).prototype))
      .filter(([key, { value }]) => typeof value === "function" && !ownMethods.has(key))
      .filter(([key]) => !key.startsWith("#"))
      .map(([key]) => `${name}.${key}`)
  );
  return [...Object.keys(exported).filter((name) => !others.has(name)), ...methods].sort();
}

/** A call for each. */
export const calls: readonly Call[] = Object.entries(entries).map(([name, entry]) => {
  const [parameters, args, on] = entry;
  const called = exported[name] as Any;
  const [, method] = name.split(".");
  return {
    name,
    parameters: parameters === "" ? [] : parameters.split(","),
    args,
    call: (...given) => {
      if (on !== undefined) return (on() as Any)[method](...given);
      return isClass(called) ? new called(...given) : called(...given);
    },
  };
});

function isClass(x: unknown): boolean {
  return typeof x === "function" && /^class\b/.test(Function.prototype.toString.call(x));
}
