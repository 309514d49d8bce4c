/**
 * What the tests of a recorder and its page share.
 *
 * @module
 */
import { display, MLP, RandomGenerator, Recorder, type RecorderOptions, sum } from "../../mod.ts";

/** Exclusive or, as examples. */
export const xor = { x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [-1, 1, 1, -1] };

/** A training of a small network of one output, recorded. */
export function train(steps: number, options: RecorderOptions = {}, hidden = [3]): Recorder {
  const model = new MLP(2, [...hidden, 1], { generator: new RandomGenerator(4) });
  const tape = new Recorder(model, { data: xor, ...options });
  for (let step = 0; step < steps; step++) {
    const loss = sum(xor.x.map((x, i) => sum([model.forward(x)].flat()).sub(xor.y[i]).pow(2)));
    tape.record(loss);
    model.zeroGrad();
    loss.backward();
    for (const p of model.parameters()) p.data -= .1 * p.grad;
  }
  return tape;
}

/** What a page of a recording knows of its moments. */
export interface Reel {
  strokes: Record<string, [color: string, width: number]>;
  fills: Record<string, string>;
  frames: {
    words: string;
    mark: [number, number] | null;
    map?: string;
    border?: string;
    wrong?: string;
    strokes: string;
    /** Of each input that can be chosen. */
    fills: string[];
    outputs: string[][];
  }[];
  choices: { at: [number, number]; words: string }[];
}

/** What a notebook shows of a recording. */
export async function show(tape: Recorder): Promise<{ html: string; svg: string; reel: Reel }> {
  const bundle = await tape[display]();
  const html = String(bundle["text/html"]);
  const json = html.match(/<script type="application\/json">(.*?)<\/script>/)![1];
  return { html, svg: String(bundle["image/svg+xml"]), reel: JSON.parse(json) };
}
