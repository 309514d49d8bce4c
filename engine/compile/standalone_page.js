/**
 * What runs wherever a program is taken. It is written into a file as text, so it
 * must not use anything from outside of itself.
 *
 * @param {WebAssembly.Memory} memory holds the parameters already.
 * @param {Record<string, (...x: number[]) => void>} code what the module exports.
 * @param {object} layout the sizes of the program, and where in memory it keeps what.
 */
export function start(memory, code, layout) {
  const { inputs, asked, outputs, answers, parameters, end, lossAt } = layout;
  const Floats = layout.isSingle ? Float32Array : Float64Array;
  const size = Floats.BYTES_PER_ELEMENT, vector = 16 / size;
  const view = (at, length) => new Floats(memory.buffer, at, length);
  const aligned = (bytes) => Math.ceil(bytes / 64) * 64;

  /** Lays rows of numbers into the lanes of vectors, and runs the code over them. */
  function run(name, task, rows, width) {
    const n = rows.length;
    if (!(n > 0)) throw new RangeError(`${name}: rows must be a list with at least one`);
    const wrong = rows.findIndex(({ length }) => length !== width);
    if (wrong >= 0) {
      const got = rows[wrong].length;
      throw new RangeError(`${name}: rows[${wrong}] must have ${width} numbers, got ${got}`);
    }
    // Few examples are computed in a single vector, but gathered for two in any case.
    const tile = n <= vector ? vector : 2 * vector;
    const lanes = Math.ceil(n / tile) * tile;
    const room = Math.max(lanes, 2 * vector);
    const seedsAt = aligned(end + 4 * room);
    const outputsAt = aligned(seedsAt + size * room);
    const dataAt = aligned(outputsAt + size * room * outputs);
    const more = dataAt + size * n * inputs - memory.buffer.byteLength;
    if (more > 0) memory.grow(Math.ceil(more / 65536));

    // Inputs that no answer needs, such as labels, may be left out.
    const data = view(dataAt, n * inputs).fill(0);
    rows.forEach((row, i) => data.set(row, i * inputs));
    const order = new Int32Array(memory.buffer, end, room).fill(0);
    for (let i = 0; i < n; i++) order[i] = i;
    // Lanes that are left over repeat examples, which count a half, a quarter, an eighth in each.
    const seeds = view(seedsAt, lanes).fill(1 / n);
    const first = lanes - tile, copies = new Array(n - first).fill(1);
    for (let left = lanes - n; left > 0;) {
      for (let i = 0; i < copies.length && copies[i] <= left; i++) {
        left -= copies[i];
        copies[i] *= 2;
      }
    }
    let lane = n;
    copies.forEach((count, k) => {
      seeds[first + k] /= count;
      for (let copy = 1; copy < count; copy++, lane++) {
        order[lane] = first + k;
        seeds[lane] = seeds[first + k];
      }
    });
    const run = n === 1 && code[`${task}One`] || code[task];
    run(lanes * size, end, seedsAt, dataAt, outputsAt);
    return view(outputsAt, n * outputs);
  }

  const model = {
    predict(rows) {
      const all = run("predict", "evaluate", rows, asked);
      const at = (i) => i * outputs;
      return rows.map((_, i) => Array.from(all.subarray(at(i), at(i) + answers)));
    },
    loss(rows) {
      run("loss", "evaluate", rows, inputs);
      return view(lossAt, 1)[0];
    },
    get parameters() {
      return view(0, parameters);
    },
  };
  if (layout.training === null) return model;
  const { sharedAt, shared } = layout.training;
  let { steps } = layout.training;
  model.lr = layout.training.lr;
  model.step = (rows) => {
    run("step", "step", rows, inputs);
    const [loss] = view(lossAt, 1);
    // Not a number has no direction.
    if (Number.isNaN(loss)) return loss;
    const numbers = shared(model.lr, ++steps);
    view(sharedAt, numbers.length).set(numbers);
    code.update();
    return loss;
  };
  return model;
}
