import { assert, assertEquals } from "../../support/assert.ts";
import { FitHistory } from "../../../mod.ts";
import { EpochNotes } from "../../../nn/fit/epoch_notes.ts";

Deno.test("what was noted of epochs becomes their records, with what all of them have", () => {
  const all = new EpochNotes(8), few = new EpochNotes(8);
  for (const loss of [2, .5]) {
    all.add(loss, 8 - 2 * loss, .1, {
      validationLoss: 2 * loss,
      validationAccuracy: NaN,
    });
    few.add(loss, null, .1, null);
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
  const notes = new EpochNotes(8);
  notes.add(2, null, .1, null);
  const before = notes.records;
  assert(notes.records === before, "made once");
  notes.add(1, null, .1, null);
  assertEquals([before.length, notes.records.length], [1, 2]);
});

Deno.test("a history of notes has their records as its epochs", () => {
  const notes = new EpochNotes(8);
  notes.add(2, null, .1, null);
  const history = new FitHistory([2], notes, null, {});
  assert(history.epochs === notes.records);
  assertEquals(String(history), "FitHistory(1 epoch, compiled: loss 2)");
});

Deno.test("of many epochs none is lost", () => {
  const notes = new EpochNotes(8);
  for (let epoch = 1; epoch <= 5000; epoch++) notes.add(epoch, epoch, 1 / epoch, null);
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
