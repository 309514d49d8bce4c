/** Numbers for sequences, the same for equal ones. */
export class Sequences {
  /** How many there are. */
  count = 0;
  readonly #first = new Map<string | number, number>();
  /** A hash table: in each place a sequence, what it goes on with, and the number of that, plus 1. */
  #next = new Int32Array(3 * 64);
  /** How many are in it. */
  #following = 0;

  /** The number of a sequence of one. */
  of(first: string | number): number {
    const key = keyOf(first), known = this.#first.get(key);
    if (known !== undefined) return known;
    this.#first.set(key, this.count);
    return this.count++;
  }

  /** The number of a sequence that goes on with another number. */
  then(sequence: number, next: number): number {
    const at = this.#place(sequence, next);
    if (this.#next[at + 2] > 0) return this.#next[at + 2] - 1;
    this.#next[at] = sequence;
    this.#next[at + 1] = next;
    this.#next[at + 2] = ++this.count;
    // At most half of the places are taken.
    if (6 * ++this.#following > this.#next.length) this.#grow();
    return this.count - 1;
  }

  /** Where in the table a sequence and what follows it are, or belong. */
  #place(sequence: number, next: number): number {
    const table = this.#next, places = table.length / 3;
    let place = (Math.imul(sequence, 0x9e3779b1) ^ Math.imul(next, 0x85ebca77)) >>> 0;
    place = (place ^ place >>> 15) & places - 1;
    for (let at = 3 * place;; at = 3 * place) {
      if (table[at + 2] === 0 || (table[at] === sequence && table[at + 1] === next)) return at;
      place = place + 1 & places - 1;
    }
  }

  #grow(): void {
    const old = this.#next;
    this.#next = new Int32Array(2 * old.length);
    for (let i = 0; i < old.length; i += 3) {
      if (old[i + 2] === 0) continue;
      const at = this.#place(old[i], old[i + 1]);
      for (let k = 0; k < 3; k++) this.#next[at + k] = old[i + k];
    }
  }
}

/** What a map knows something by: to a map alone −0 is 0. */
export function keyOf<Key>(x: Key): Key | string {
  return Object.is(x, -0) ? "-0" : x;
}
