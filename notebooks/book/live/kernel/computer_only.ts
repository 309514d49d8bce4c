/**
 * What stands for a module that needs a computer: it has every name, and each
 * says so when it is used.
 */
export function computerOnly(specifier: string): object {
  return new Proxy({}, {
    has: () => true,
    get: (_, name) =>
      name === "then" ? undefined : function () {
        throw new Error(`${String(name)} of ${specifier} needs Deno on a computer`);
      },
  });
}
