import type { RandomGenerator } from "../../engine/mod.ts";
import type { Targets } from "../check.ts";
import { countRight } from "../classify/classes.ts";
import type { LRScheduler } from "../optimizers/schedules.ts";
import type { Monitor } from "../watch/monitor.ts";
import type { EarlyStopping } from "./early_stopping.ts";
import type { FitNotes } from "./fit_notes.ts";
import type { FitEpoch } from "./fit_history.ts";
import type { FitStep } from "./fit_options.ts";
import type { Pairs, Task, Trainer } from "./trainer.ts";

/** A training that is ready to begin. */
export interface Run {
  readonly task: Task;
  readonly trainer: Trainer;
  readonly epochs: number;
  readonly batchSize: number;
  /** Where the order of the examples comes from. */
  readonly generator: RandomGenerator;
  /** Where an output turns, and labels that name classes as the outputs do; else null. */
  readonly threshold: number;
  labelsOf(targets: Targets): readonly number[] | null;
  readonly live: Monitor | null;
  /** Whether somebody may look at the Values after an epoch. */
  readonly isLookedAt: boolean;
  readonly scheduler: LRScheduler | undefined;
  readonly earlyStopping: EarlyStopping | null;
  readonly onStep: ((step: FitStep) => unknown) | undefined;
  readonly onEpoch: ((epoch: FitEpoch) => unknown) | undefined;
  /** What becomes known: the loss of every step, and what every epoch came to. */
  readonly notes: FitNotes;
}

/** Why a training ended early, and whether that was a loss of NaN; null if it did not. */
export type Stop = { readonly because: string; readonly isNaN: boolean } | null;

/** Takes the steps of all epochs. */
export function runEpochs(run: Run): Stop {
  // A monitor draws its first picture when its loop begins, and its last one when it ends, also if
  // the loss throws. The loop itself is a plain one, which takes a tenth less of a short step.
  const shown = run.live?.[Symbol.iterator]();
  shown?.next();
  try {
    return takeSteps(run);
  } finally {
    shown?.return();
  }
}

/** How the examples of a training make batches. */
interface Batches {
  /** The classes of all examples; null where targets name none. */
  readonly labels: readonly number[] | null;
  /** All examples in their order. */
  readonly all: readonly number[];
  /** Lists to fill: a batch as most are, and what is left at the end of an epoch. */
  readonly whole: number[];
  readonly rest: number[];
}

function takeSteps(run: Run): Stop {
  const { task: { data: { x, y } }, batchSize, epochs } = run;
  const n = x.length, all = [...x.keys()];
  const whole = batchSize === n ? all : new Array<number>(batchSize).fill(0);
  const rest = new Array<number>(n % batchSize).fill(0);
  const batches = { labels: run.labelsOf(y), all, whole, rest };
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const stop = takeEpoch(run, batches, epoch);
    if (stop !== null) return stop;
  }
  return null;
}

/** Takes the steps of an epoch: a function of its own, which V8 makes fast sooner than a long loop. */
function takeEpoch(run: Run, batches: Batches, epoch: number): Stop {
  const { task: { validation, optimizer }, trainer, batchSize, threshold } = run;
  const { epochs, live, notes, onStep, isLookedAt } = run;
  const { labels, all, whole, rest } = batches;
  const n = all.length, isOne = whole === all;
  const order = isOne ? all : run.generator.permutation(n);
  let right = 0;
  for (let start = 0; start < n; start += batchSize) {
    const batch = start + batchSize <= n ? whole : rest;
    if (!isOne) { for (let k = 0; k < batch.length; k++) batch[k] = order[start + k]; }
    const loss = trainer.step(batch);
    notes.addStep(loss);
    live?.push(loss);
    if (Number.isNaN(loss)) {
      return { because: `the loss is NaN in epoch ${epoch}, step ${notes.steps}`, isNaN: true };
    }
    if (labels !== null) right += countRight(trainer.outputs(), labels, batch, threshold);
    let because: string | null = null;
    if (onStep !== undefined) {
      trainer.share();
      if (onStep({ step: notes.steps, epoch, loss }) === false) {
        because = `onStep returned false in epoch ${epoch}, step ${notes.steps}`;
      }
      trainer.pull();
    }
    const isEnd = start + batch.length === n;
    if (isEnd) {
      if (isLookedAt) trainer.share();
      const held = validation === undefined ? null : validate(run, validation);
      notes.addEpoch(labels === null ? null : right, optimizer.lr, held);
      if (isLookedAt) because = endEpoch(run) ?? because;
    }
    if (because !== null && !(isEnd && epoch === epochs)) return { because, isNaN: false };
  }
  return null;
}

/** The part of an epoch's record that tells of the validation data. */
function validate(
  { trainer, threshold, labelsOf }: Run,
  { y }: Pairs,
): Pick<FitEpoch, "validationLoss" | "validationAccuracy"> {
  const validationLoss = trainer.validate();
  const labels = labelsOf(y);
  if (labels === null) return { validationLoss };
  const right = countRight(trainer.outputs(), labels, [...labels.keys()], threshold);
  return { validationLoss, validationAccuracy: right / labels.length };
}

/** What follows an epoch, and why the training should end after it. */
function endEpoch({ notes, scheduler, earlyStopping, onEpoch, trainer }: Run): string | null {
  const last = notes.record(notes.length - 1);
  const { epoch, validationLoss = NaN } = last;
  scheduler?.step();
  let because = earlyStopping?.note(epoch, validationLoss) ?? null;
  if (onEpoch !== undefined) {
    if (onEpoch(last) === false) because ??= `onEpoch returned false in epoch ${epoch}`;
    trainer.pull();
  }
  return because;
}
