import { type Batch, checkBatch, fillOrder, fillSeeds } from "./batch_order.ts";
import { Crew, type Job, type Task } from "./crew.ts";
import { instantiate, type ModuleFunction } from "./instance.ts";
import type { Generated } from "../kernels/generate.ts";
import { lanesOf } from "../code/code.ts";
import type { MemoryLimits } from "../code/wasm.ts";
import { align, type FloatArray, type MemoryMap, pageBytes, sharedPages } from "../plan/memory.ts";
import type { Plan } from "../plan/plan.ts";

/** One who keeps numbers in a machine's memory from call to call. */
export interface MachineUser {
  /** Is called before another takes the memory over. */
  leave(): void;
}

/** Writes the code for one example alone, whose tables begin at a place. */
export type WriteAlone = (tables: number) => Generated;

/** A generated module at work: its memory, the examples in it, and how they are laid into lanes. */
export class Machine {
  readonly #plan: Plan;
  readonly #code: Generated;
  readonly #memory: WebAssembly.Memory;
  // By fields and not by name: what is looked up in an object of its own for each program takes longer.
  readonly #step: ModuleFunction;
  readonly #evaluate: ModuleFunction;
  // Views are made when the memory is laid out: making one takes as long as a short step.
  /** All of the memory, and the place of the loss in it. */
  #all: FloatArray;
  readonly #loss: number;
  #parameters: FloatArray;
  #gradients: FloatArray;
  /** The outputs of the last batch, with the losses that have a name. */
  #outputs: FloatArray;
  #examples: FloatArray;
  #count = 0;
  /** Where the examples' order, seeds, outputs and data lie, and for how many there is room. */
  #layout = { capacity: 0, order: 0, seeds: 0, out: 0, data: 0 };
  /** Whether all examples are laid out in their order. */
  #isWhole = false;
  /** The examples of the last batch. */
  #size = 0;
  #lanes = 0;
  /** The lanes as they are for batches of so many examples. */
  #laid: { size: number; order: Int32Array; repeated: readonly number[] } | null = null;
  #busiest = 1;
  #user: MachineUser | null = null;
  /** How many bytes of the memory belong to users, and to the tables of the code for one example. */
  #room = 0;
  #tables = 0;
  readonly #others: readonly Generated[];
  readonly #writeAlone: WriteAlone | null;
  /** The code for one example alone at work, once a batch had one. */
  #alone: Readonly<Record<Task, ModuleFunction>> | null = null;
  readonly #crew: Crew | null;

  /**
   * @param codes the code of each thread; the first runs here, the others in workers.
   * @param writeAlone for programs that gain by it; in others one example is a block of its own.
   */
  constructor(
    plan: Plan,
    [code, ...others]: readonly Generated[],
    writeAlone: WriteAlone | null = null,
  ) {
    this.#plan = plan;
    this.#writeAlone = writeAlone;
    this.#code = code;
    this.#loss = code.memory.loss / code.memory.scalarBytes;
    this.#others = others;
    this.#memory = new WebAssembly.Memory({
      initial: Math.ceil(code.end / pageBytes),
      ...others.length > 0 && { maximum: sharedPages, shared: true },
    });
    [this.#all, this.#outputs, this.#examples] = [0, 0, 0].map((at) => this.view(at, 0));
    [this.#parameters, this.#gradients] = this.#viewParameters();
    const { step, evaluate } = instantiate(code.bytes, this.#memory);
    this.#step = step;
    this.#evaluate = evaluate;
    this.view(0, plan.parameters.length + plan.constants.length)
      .set(plan.constants, plan.parameters.length);
    this.#fill(code.tables);
    this.#crew = others.length === 0
      ? null
      : new Crew(others.map(({ bytes }) => bytes), this.#memory);
  }

  /** Whose numbers are in the memory; `null` for the Values' own. */
  get user(): MachineUser | null {
    return this.#user;
  }

  /** Lets another use the memory; the one before keeps its numbers elsewhere. */
  use(user: MachineUser | null): void {
    this.#user?.leave();
    this.#user = user;
  }

  /** Ends the workers, if there are any. */
  close(): void {
    this.#crew?.close();
  }

  /** How many threads have had a part of a batch, at most. */
  get busiest(): number {
    return this.#busiest;
  }

  /** The numbers of the parameters; a view that is good until the next batch. */
  get parameters(): FloatArray {
    return this.#parameters;
  }

  /** The gradients of the last batch; a view that is good until the next one. */
  get gradients(): FloatArray {
    return this.#gradients;
  }

  /** The outputs of the last batch, one row an example; good until the next one. */
  get outputs(): FloatArray {
    const { outputs: { length }, losses } = this.#plan;
    if (losses.length === 0) return this.#outputs;
    const width = length - losses.length;
    return this.#outputs.filter((_, i) => i % length < width);
  }

  /** The means of the losses that have a name, over the last batch; none without one. */
  get losses(): number[] {
    const { outputs: { length }, losses } = this.#plan;
    if (this.#size === 0) return [];
    return losses.map((_, k) => {
      let sum = 0;
      for (let i = length - losses.length + k; i < this.#outputs.length; i += length) {
        sum += this.#outputs[i];
      }
      return sum / this.#size;
    });
  }

  /** The numbers of all loaded examples, one row after the other; a view as those above. */
  get examples(): FloatArray {
    return this.#examples;
  }

  /** Where what it keeps lies. */
  get map(): MemoryMap {
    return this.#code.memory;
  }

  /** Writes numbers into its memory. */
  write(at: number, numbers: readonly number[]): void {
    const first = at / this.#code.memory.scalarBytes;
    for (let i = 0; i < numbers.length; i++) this.#all[first + i] = numbers[i];
  }

  /** Numbers in its memory; a view that is good until the next batch. */
  view(at: number, length: number): FloatArray {
    return this.#code.memory.type === "f64"
      ? new Float64Array(this.#memory.buffer, at, length)
      : new Float32Array(this.#memory.buffer, at, length);
  }

  /** Room for so many bytes for a user; the next one gets the same. */
  room(bytes: number): number {
    if (bytes > this.#room) {
      this.#layOut(this.#layout.capacity, bytes, 0);
      // Its tables lay behind the room.
      this.#alone = null;
    }
    return align(this.#code.end);
  }

  /** Another module on the same memory. */
  instantiate(bytes: Uint8Array<ArrayBuffer>): Readonly<Record<string, ModuleFunction>> {
    return instantiate(bytes, this.#memory);
  }

  /** What another module on its memory can rely on. */
  get limits(): MemoryLimits {
    const pages = this.#memory.buffer.byteLength / pageBytes;
    return this.#crew === null ? { pages } : { pages, shared: sharedPages };
  }

  /** Takes over the examples, n ≥ 1 rows with a number for each input. */
  load(examples: readonly ArrayLike<number>[]): void {
    const width = this.#plan.inputs.length;
    this.#reserve(examples.length);
    this.#examples = this.view(this.#layout.data, examples.length * width);
    examples.forEach((row, i) => this.#examples.set(row, i * width));
    this.#count = examples.length;
    this.#setSize(0);
    this.#isWhole = false;
  }

  #check(batch: Batch): void {
    if (this.#count === 0) throw new Error("Program: load examples first");
    if (batch !== undefined) checkBatch(batch, this.#count);
    this.#crew?.check();
  }

  /**
   * The mean loss of a batch; a step computes its gradients too.
   *
   * @throws {TypeError} if the batch is not an array.
   * @throws {RangeError} if it is empty or names an example that is not there.
   * @throws {Error} if no examples were loaded, or the threads have ended.
   */
  compute(task: Task, batch: Batch): number {
    this.#check(batch);
    if (batch !== undefined || !this.#isWhole) this.#arrange(batch);
    if (this.#crew !== null && this.#size > 1) return this.#share(task, this.#crew);
    const { order, seeds, data, out } = this.#layout;
    const run = this.#functionOf(task);
    run(this.#lanes, order, seeds, data, out);
    return this.#all[this.#loss];
  }

  #functionOf(task: Task): ModuleFunction {
    const alone = this.#alone;
    if (this.#size === 1 && alone !== null) return task === "step" ? alone.step : alone.evaluate;
    return task === "step" ? this.#step : this.#evaluate;
  }

  /** The code for one example alone; the examples move on, to make room for its tables. */
  #makeAlone(write: WriteAlone): Readonly<Record<Task, ModuleFunction>> {
    const at = align(this.#code.end) + align(this.#room);
    const { bytes, tables, end } = write(at);
    this.#layOut(this.#layout.capacity, this.#room, end - at);
    this.#fill(tables);
    const { step, evaluate } = instantiate(bytes, this.#memory);
    return { step, evaluate };
  }

  #fill(tables: Generated["tables"]): void {
    for (const { at, offsets } of tables) {
      new Int32Array(this.#memory.buffer, at, offsets.length).set(offsets);
    }
  }

  /** Runs a batch on all threads that have a part of it. */
  #share(task: Task, crew: Crew): number {
    const [own, ...jobs] = this.#jobs();
    this.#busiest = Math.max(this.#busiest, 1 + jobs.length);
    crew.run(task, jobs, () => this.#functionOf(task)(...own));
    let [loss] = this.view(this.#code.memory.loss, 1);
    for (const { memory } of this.#others.slice(0, jobs.length)) {
      loss += this.view(memory.loss, 1)[0];
      if (task === "step") this.#addGradients(memory.adjoints.scalar);
    }
    return loss;
  }

  /** How many lanes are computed in one turn of a loop. */
  get #tile(): number {
    return 2 * lanesOf[this.#code.memory.type];
  }

  /** The parts of the batch, one a thread; less where there are not enough examples. */
  #jobs(): Job[] {
    const { order, seeds, data, out } = this.#layout;
    const { scalarBytes } = this.#code.memory, tile = this.#tile;
    const lanes = this.#lanes / scalarBytes, tiles = Math.ceil(lanes / tile);
    const share = Math.ceil(tiles / (1 + this.#others.length)) * tile;
    const jobs: Job[] = [];
    for (let lane = 0; lane < lanes; lane += share) {
      jobs.push([
        Math.min(share, lanes - lane) * scalarBytes,
        order + 4 * lane,
        seeds + scalarBytes * lane,
        data,
        out + scalarBytes * lane * this.#plan.outputs.length,
      ]);
    }
    return jobs;
  }

  /** Adds the gradients that another thread has computed. */
  #addGradients(at: number): void {
    const total = this.gradients, part = this.view(at, total.length);
    for (let i = 0; i < total.length; i++) total[i] += part[i];
  }

  /** Lays the examples of a batch into lanes. */
  #arrange(batch: Batch): void {
    const n = batch?.length ?? this.#count;
    const { order, repeated } = this.#laid?.size === n ? this.#laid : this.#layLanes(n);
    fillOrder(order, batch, repeated);
    this.#isWhole = batch === undefined;
    if (this.#size !== n) this.#setSize(n);
  }

  /** Makes lanes for batches of n examples. */
  #layLanes(n: number) {
    if (n === 1 && this.#writeAlone) this.#alone ??= this.#makeAlone(this.#writeAlone);
    const { type, scalarBytes } = this.#code.memory;
    // Few examples are computed in a single vector.
    const tile = n <= lanesOf[type] ? lanesOf[type] : this.#tile;
    const lanes = Math.ceil(n / tile) * tile;
    const room = Math.max(lanes, this.#tile);
    this.#reserve(Math.max(this.#count, room));
    const order = new Int32Array(this.#memory.buffer, this.#layout.order, room);
    const repeated = fillSeeds(this.view(this.#layout.seeds, lanes), n, tile);
    // Inputs are gathered for two vectors in any case.
    for (let lane = lanes; lane < room; lane++) repeated.push(0);
    this.#lanes = lanes * scalarBytes;
    this.#laid = { size: n, order, repeated };
    return this.#laid;
  }

  /** Says of how many examples the outputs are. */
  #setSize(size: number): void {
    this.#size = size;
    this.#outputs = this.view(this.#layout.out, size * this.#plan.outputs.length);
  }

  #viewParameters(): [parameters: FloatArray, gradients: FloatArray] {
    const { length } = this.#plan.parameters;
    return [this.view(0, length), this.view(this.#code.memory.adjoints.scalar, length)];
  }

  /** Makes room for so many examples. */
  #reserve(examples: number): void {
    if (examples > this.#layout.capacity) this.#layOut(align(examples));
  }

  /**
   * Lays out the part of the memory that follows the program's own, and takes
   * along what is in it.
   *
   * @throws {RangeError} if that is more than there is; nothing has changed then.
   */
  #layOut(capacity: number, room = this.#room, ofAlone = this.#tables): void {
    const { memory: { scalarBytes }, end } = this.#code;
    const { inputs, outputs } = this.#plan;
    const order = align(end) + align(room) + ofAlone;
    const seeds = align(order + 4 * capacity);
    const out = align(seeds + scalarBytes * capacity);
    const data = align(out + scalarBytes * capacity * outputs.length);
    this.#grow(data + scalarBytes * capacity * inputs.length, capacity);
    const old = this.#layout;
    const moved = [
      [data, this.view(old.data, this.#count * inputs.length).slice()],
      [out, this.view(old.out, this.#size * outputs.length).slice()],
    ] as const;
    this.#all = this.view(0, Math.floor(this.#memory.buffer.byteLength / scalarBytes));
    this.#layout = { capacity, order, seeds, out, data };
    this.#room = room;
    this.#tables = ofAlone;
    for (const [at, kept] of moved) this.view(at, kept.length).set(kept);
    [this.#parameters, this.#gradients] = this.#viewParameters();
    this.#examples = this.view(data, this.#count * inputs.length);
    this.#setSize(this.#size);
    this.#laid = null;
    this.#isWhole = false;
  }

  #grow(bytes: number, capacity: number): void {
    const more = Math.ceil(bytes / pageBytes) - this.#memory.buffer.byteLength / pageBytes;
    if (more <= 0) return;
    try {
      this.#memory.grow(more);
    } catch (cause) {
      throw new RangeError(
        `Program: the memory cannot hold ${capacity} examples, which need ` +
          `${Math.ceil(bytes / 2 ** 20)} MiB: load them in parts, or ask for float32`,
        { cause },
      );
    }
  }
}
