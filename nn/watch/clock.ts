/**
 * A clock for loops of short steps. To look at the time takes as long as such a
 * step, so that it is looked at about once in a millisecond.
 */
export class Clock {
  #now = performance.now();
  /** How many steps there are from look to look, and since the last one. */
  #every = 1;
  #since = 0;

  /** The time of the last look, in milliseconds; called once a step. */
  tick(): number {
    if (++this.#since < this.#every) return this.#now;
    const before = this.#now;
    this.#now = performance.now();
    this.#since = 0;
    const passed = this.#now - before;
    if (passed < 0.5) this.#every *= 2;
    else if (passed > 2) this.#every = Math.max(1, Math.floor(this.#every / passed));
    return this.#now;
  }
}
