import { slidersOf, textOf } from "../../../engine/interact/controls.ts";
import { assert, assertEquals, assertThrows } from "../../support/assert.ts";

function valuesOf(control: unknown): (number | string)[] {
  const [{ count, value }] = slidersOf({ w: control }, {});
  return Array.from({ length: count }, (_, stop) => value(stop));
}

Deno.test("an interval with a step has its stops without the digits of rounding", () => {
  assertEquals(valuesOf([0, 1, 0.1]), [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
  assertEquals(valuesOf([-0.3, 0.3, 0.1]), [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
  assertEquals(valuesOf([1e-9, 3e-9, 1e-9]), [1e-9, 2e-9, 3e-9]);
  assertEquals(valuesOf([1e12, 1e12 + 1, 0.5]), [1e12, 1e12 + 0.5, 1e12 + 1]);
  assertEquals(valuesOf([0, 1, 0.4]), [0, 0.4, 0.8], "no stop lies beyond the end");
});

Deno.test("an interval without a step has about 20 round ones, and both of its ends", () => {
  const steps = [[-3, 3], [0, 1], [0, 10], [-1, 1], [1, 8], [0, 100], [0, 50], [1e-3, 2e-3]]
    .map(([from, to]) => {
      const values = valuesOf([from, to]).map(Number);
      assertEquals([values[0], values[values.length - 1]], [from, to]);
      assert(values.length >= 11 && values.length <= 41, `${values.length}`);
      return Number((values[1] - values[0]).toPrecision(9));
    });
  assertEquals(steps, [0.25, 0.05, 0.5, 0.1, 0.25, 5, 2, 5e-5]);
  const turn = valuesOf([0, 2 * Math.PI]).map(Number);
  assertEquals(turn.length, 21, "where no round step leads to the end, 20 equal ones do");
  assert(Math.abs(turn[20] - 2 * Math.PI) < 1e-9 && Math.abs(turn[5] - Math.PI / 2) < 1e-9);
});

Deno.test("a list has its values", () => {
  assertEquals(valuesOf({ values: [0.01, 1, "all"] }), [0.01, 1, "all"]);
});

Deno.test("a slider starts in the middle of an interval, at a list's first value, or where it is told", () => {
  const starts = (controls: unknown, start: unknown) =>
    slidersOf(controls, start).map((slider) => slider.value(slider.start));
  const controls = { w: [-3, 3], b: [0, 1, 0.4], lr: { values: [0.1, 1, 10] } };
  assertEquals(starts(controls, {}), [0, 0.4, 0.1]);
  assertEquals(starts(controls, { w: 1.1, b: 1, lr: 10 }), [1, 0.8, 10]);
});

Deno.test("a value is written as a slider shows it", () => {
  assertEquals([0.1, 1 / 3, "a\nb"].map(textOf), ["0.1", "0.33333", "a␊b"]);
});

Deno.test("what is no control is refused, and the message names it", () => {
  const refused: [controls: unknown, start: unknown, message: string][] = [
    [[[0, 1]], {}, "controls must be an object such as { w: [-3, 3] }, got an array of 1"],
    [{}, {}, "controls must be an object such as { w: [-3, 3] }, got {}"],
    [{ 1: [0, 1] }, {}, 'the names of controls must be words, got string "1"'],
    [{ " ": [0, 1] }, {}, 'the names of controls must be words, got string " "'],
    [{ w: 3 }, {}, "control w must be [from, to], [from, to, step] or { values: … }, got number 3"],
    [{ w: [0] }, {}, "control w must be [from, to] or [from, to, step], got an array of 1"],
    [
      { w: [0, 1, 1, 1] },
      {},
      "control w must be [from, to] or [from, to, step], got an array of 4",
    ],
    [{ w: [NaN, 1] }, {}, "from of control w must be a finite number, got NaN"],
    [{ w: ["0", 1] }, {}, 'from of control w must be a finite number, got string "0"'],
    [{ w: [1, 1] }, {}, "to of control w must be a finite number above from = 1, got 1"],
    [{ w: [0, Infinity] }, {}, "to of control w must be a finite number above from = 0, got Infin"],
    [{ w: [-1.7e308, 1.7e308] }, {}, "to of control w must be a finite number above from"],
    [{ w: [0, 1, 0] }, {}, "step of control w must be above 0 and at most to − from = 1, got 0"],
    [{ w: [0, 1, 2] }, {}, "step of control w must be above 0 and at most to − from = 1, got 2"],
    [
      { w: [0, 1, null] },
      {},
      "step of control w must be above 0 and at most to − from = 1, got nu",
    ],
    [
      { w: { values: 3 } },
      {},
      "values of control w must be an array of numbers or strings, got nu",
    ],
    [
      { w: { values: [] } },
      {},
      "values of control w must be an array of numbers or strings, got a",
    ],
    [
      { w: { values: [1, null] } },
      {},
      "values[1] of control w must be a number or a string, got n",
    ],
    [{ w: { value: [1] } }, {}, "control w: options must be among values, got value"],
    [{ w: [0, 1] }, [1], "start must be an object such as { w: 1 }, got an array of 1"],
    [{ w: [0, 1], b: [0, 1] }, { c: 1 }, "start must name controls, which are w, b, got c"],
    [{ w: [0, 1] }, { w: 2 }, "start.w must be a number from 0 to 1, got 2"],
    [{ w: [0, 1] }, { w: "1" }, 'start.w must be a number from 0 to 1, got string "1"'],
    [{ w: { values: [1, 2] } }, { w: 3 }, "start.w must be among 1, 2, got number 3"],
  ];
  for (const [controls, start, message] of refused) {
    assertThrows(() => slidersOf(controls, start), Error, `interact: ${message}`);
  }
});
