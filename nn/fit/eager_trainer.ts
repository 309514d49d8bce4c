import { outputsOf } from "../model.ts";
import { inMode } from "../module.ts";
import { liftExamples, measure, type Task, type Trainer } from "./trainer.ts";

/** A trainer that builds the graph of every example anew. */
export function eagerTrainer(task: Task): Trainer {
  const { model, loss, optimizer } = task;
  const { x, y } = liftExamples(task.data);
  const held = task.validation && liftExamples(task.validation);
  return {
    step(batch) {
      const answers = batch.map((i) => model.forward(x[i]));
      const value = loss(answers, batch.map((i) => y[i]));
      // The optimizer may hold less than the model, or more.
      model.zeroGrad();
      optimizer.zeroGrad();
      value.backward();
      if (!Number.isNaN(value.data)) optimizer.step();
      return { loss: value.data, outputs: answers.map(outputsOf) };
    },
    validate: () => inMode(model, false, () => measure(task, held!)),
    share() {},
    verify() {},
    notes: () => [],
    end() {},
  };
}
