import { checkCount } from "../../engine/internal.ts";

/**
 * 5,163 first names in small letters, a to z, of 2 to 11 letters, the most
 * frequent first: those of the census of the United States of 1990 that the
 * Census Bureau published, women's and men's as one list, each name once.
 * They come with the library: nothing is fetched and no permission is asked for.
 *
 * U.S. Census Bureau, "Frequently Occurring Names and Surnames From the 1990
 * Census", https://www.census.gov/topics/population/genealogy/data/1990_census.html.
 * A work of the government of the United States, in the public domain;
 * `names.json`, where the names lie, says so, too, and what was changed.
 *
 * @category Data
 *
 * @example
 * ```ts
 * import { loadNames } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const names = await loadNames();
 * deepEqual([names.length, names[0], names[5162]], [5163, "james", "zonia"]);
 * ```
 */
export async function loadNames(): Promise<string[]> {
  checkCount("loadNames", arguments, 0);
  const { default: { names } } = await import("./names.json", { with: { type: "json" } });
  return names.split(" ");
}
