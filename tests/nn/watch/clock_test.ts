import { assert, assertEquals } from "../../support/assert.ts";
import { Clock } from "../../../nn/watch/clock.ts";

/** Ticks once a step, of so many milliseconds each, and says how often the time was looked at. */
function looks(clock: Clock, time: { now: number }, steps: number, milliseconds: number): number {
  const { now } = performance;
  let count = 0;
  performance.now = () => {
    count++;
    return time.now;
  };
  try {
    for (let step = 0; step < steps; step++) {
      time.now += milliseconds;
      const before = count, isLook = clock.tick();
      assertEquals(isLook, count > before);
      assert(isLook ? clock.now === time.now : clock.now <= time.now, "a clock is not fast");
    }
  } finally {
    performance.now = now;
  }
  return count;
}

Deno.test("a clock is looked at about once a millisecond where steps are short", () => {
  const time = { now: performance.now() + 1 };
  const clock = new Clock();
  looks(clock, time, 10_000, 1e-3);
  const count = looks(clock, time, 100_000, 1e-3);
  assert(count >= 50 && count <= 200, `${count} looks in 100 ms`);
});

Deno.test("a clock is looked at in every step where steps are long, also after short ones", () => {
  const time = { now: performance.now() + 1 };
  const clock = new Clock();
  assertEquals(looks(clock, time, 20, 5), 20);
  looks(clock, time, 100_000, 1e-3);
  looks(clock, time, 2000, 5);
  assertEquals(looks(clock, time, 20, 5), 20);
});
