/**
 * Plain `deno test` checks what can be checked without any permission. A test
 * that needs one is skipped where it is not given, and a sentence says so.
 *
 * @module
 */
const said = new Set<string>();

/**
 * Options for `Deno.test`: `Deno.test("save() writes", needs("read", "write"), async () => …)`.
 *
 * @param names the permissions without which the test makes no sense.
 */
export function needs(...names: Deno.PermissionName[]): { ignore: boolean } {
  const missing = names.filter((name) => Deno.permissions.querySync({ name }).state !== "granted");
  const flags = missing.map((name) => `--allow-${name}`).join(" ");
  if (flags && !said.has(flags)) {
    console.log(`Tests that need ${flags} are skipped; with --allow-all everything runs.`);
    said.add(flags);
  }
  return { ignore: missing.length > 0 };
}
