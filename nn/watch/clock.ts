/**
 * A clock for loops of short steps. To look at the time takes as long as such a
 * step, so that it is looked at about once in a millisecond.
 */
export class Clock {
  #now = performance.now();
  /** How many steps there are from look to look, and to the next one. */
  #every = 1;
  #left = 1;

  /** The time of the last look, in milliseconds. */
  get now(): number {
    return this.#now;
  }

  /** Called once a step; whether the time was looked at. */
  tick(): boolean {
    if (--this.#left > 0) return false;
    this.#look();
    return true;
  }

  #look(): void {
    const before = this.#now;
    this.#now = performance.now();
    const passed = this.#now - before;
    if (passed < 0.5) this.#every *= 2;
    else if (passed > 2) this.#every = Math.max(1, Math.floor(this.#every / passed));
    this.#left = this.#every;
  }
}
