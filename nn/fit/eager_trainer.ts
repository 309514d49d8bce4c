import { outputsOf } from "../model.ts";
import { inMode } from "../module.ts";
import { liftExamples, measure, type Task, type Trainer } from "./trainer.ts";

/** A trainer that builds the graph of every example anew. */
export function eagerTrainer(task: Task): Trainer {
  const { model, loss, optimizer, clip } = task;
  const { x, y } = liftExamples(task.data);
  const held = task.validation && liftExamples(task.validation);
  const clipGradients = () => {
    const { parameters } = optimizer;
    const gradients = Float64Array.from(parameters, ({ grad }) => grad);
    clip?.(gradients, gradients.length);
    parameters.forEach((p, i) => p.grad = gradients[i]);
  };
  let outputs: number[] = [];
  return {
    step(batch) {
      const answers = batch.map((i) => model.forward(x[i]));
      const value = loss(answers, batch.map((i) => y[i]));
      // The optimizer may hold less than the model, or more.
      model.zeroGrad();
      optimizer.zeroGrad();
      value.backward();
      outputs = answers.flatMap(outputsOf);
      if (Number.isNaN(value.data)) return value.data;
      if (clip !== undefined) clipGradients();
      optimizer.step();
      return value.data;
    },
    validate() {
      const measured = inMode(model, false, () => measure(task, held!));
      outputs = measured.outputs;
      return measured.loss;
    },
    outputs: () => outputs,
    share() {},
    pull() {},
    verify() {},
    notes: () => [],
    end() {},
  };
}
