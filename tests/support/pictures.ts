/**
 * What the tests of pictures share.
 *
 * @module
 */
import { assert, assertEquals } from "./assert.ts";

/**
 * Compares a picture with the one in `__snapshots__/` beside the test. To accept
 * new pictures, run the tests with `UPDATE_SNAPSHOTS=1` and look at the changes.
 * The files do not end in `.svg`, which `deno fmt` would indent.
 */
export async function assertPicture(test: string, name: string, svg: string): Promise<void> {
  const file = new URL(`__snapshots__/${name}.svg.snap`, test);
  if (Deno.env.get("UPDATE_SNAPSHOTS") === "1") {
    await Deno.mkdir(new URL(".", file), { recursive: true });
    await Deno.writeTextFile(file, svg + "\n");
    return;
  }
  assertEquals(svg + "\n", await Deno.readTextFile(file), `the picture ${name} has changed`);
}

/** In how many ways a notebook gets a picture: for all viewers, for exact ones, for none. */
export const pictureTypes = ["image/svg+xml", "text/html", "text/plain"];

/** The names of all elements of an SVG, in order; fails unless they are well-formed and closed. */
export function elements(svg: string): string[] {
  const names: string[] = [];
  const open: string[] = [];
  for (
    const [whole, text, close, name, attributes, empty] of svg.matchAll(
      /([^<]+)|<(\/?)(\w+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|</g,
    )
  ) {
    if (text !== undefined) {
      assert(!/[>]|&(?!#\d+;)/.test(text), `bare markup in the text ${text}`);
      continue;
    }
    assert(name !== undefined, `not an element: ${svg.slice(svg.indexOf(whole)).slice(0, 80)}`);
    assert(!/&(?!#\d+;)/.test(attributes), `bare & in ${whole}`);
    if (close) {
      assertEquals(open.pop(), name);
      continue;
    }
    names.push(name);
    if (!empty) open.push(name);
  }
  assertEquals(open, [], "elements left open");
  return names;
}

/** How many elements of a name an SVG has. */
export function count(svg: string, name: string): number {
  return elements(svg).filter((element) => element === name).length;
}
