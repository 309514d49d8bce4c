/**
 * Runs a saved program wherever it is: what it says to rows, and the losses of its steps, as text
 * that has every bit. The module's address and the rows come from outside.
 */
export async function run(load, { rows, batches }) {
  const model = await load();
  const texts = (numbers) => [...numbers].map(String).join(" ");
  const before = model.predict(rows).map(texts);
  const losses = texts(batches.map((batch) => model.step(batch)));
  return JSON.stringify([before, losses, texts(model.parameters), model.predict(rows).map(texts)]);
}
