import { assert, assertEquals } from "../../support/assert.ts";
import { FitHistory } from "../../../mod.ts";
import { FitNotes } from "../../../nn/fit/fit_notes.ts";

Deno.test("what was noted of epochs becomes their records, with what all of them have", () => {
  const all = new FitNotes(8, 8), few = new FitNotes(8, 8);
  for (const loss of [2, .5]) {
    all.addStep(loss);
    all.addEpoch(8 - 2 * loss, .1, { validationLoss: 2 * loss, validationAccuracy: NaN });
    few.addStep(loss);
    few.addEpoch(null, .1, null);
  }
  assertEquals(all.length, 2);
  assertEquals(all.record(1), {
    epoch: 2,
    loss: .5,
    accuracy: .875,
    lr: .1,
    validationLoss: 1,
    validationAccuracy: NaN,
  });
  assertEquals(few.records, [{ epoch: 1, loss: 2, lr: .1 }, { epoch: 2, loss: .5, lr: .1 }]);
});

Deno.test("records stay as they are when there are more of them", () => {
  const notes = new FitNotes(8, 8);
  notes.addStep(2);
  notes.addEpoch(null, .1, null);
  const before = notes.records;
  assert(notes.records === before, "made once");
  notes.addStep(1);
  notes.addEpoch(null, .1, null);
  assertEquals([before.length, notes.records.length], [1, 2]);
});

Deno.test("a history of notes has their records as its epochs", () => {
  const notes = new FitNotes(8, 8);
  notes.addStep(2);
  notes.addEpoch(null, .1, null);
  const history = new FitHistory([2], notes, null, {});
  assert(history.epochs === notes.records);
  assertEquals(String(history), "FitHistory(1 epoch, compiled: loss 2)");
});

Deno.test("of many epochs none is lost", () => {
  const notes = new FitNotes(8, 8);
  for (let epoch = 1; epoch <= 5000; epoch++) {
    notes.addStep(epoch);
    notes.addEpoch(epoch, 1 / epoch, null);
  }
  assertEquals(notes.losses, Array.from({ length: 5000 }, (_, i) => i + 1));
  assertEquals(
    notes.records,
    Array.from({ length: 5000 }, (_, i) => ({
      epoch: i + 1,
      loss: i + 1,
      accuracy: (i + 1) / 8,
      lr: 1 / (i + 1),
    })),
  );
});

Deno.test("the loss of an epoch is the mean over its examples, of which the last step may take fewer", () => {
  const notes = new FitNotes(8, 3);
  for (const loss of [1, 2, 5, 3, 3, 3, 7]) notes.addStep(loss);
  for (let epoch = 0; epoch < 2; epoch++) notes.addEpoch(null, .1, null);
  assertEquals([notes.steps, notes.length], [7, 2]);
  assertEquals(notes.records.map(({ loss }) => loss), [1 * (3 / 8) + 2 * (3 / 8) + 5 * (2 / 8), 3]);
  assertEquals(notes.losses, [1, 2, 5, 3, 3, 3, 7]);
});
