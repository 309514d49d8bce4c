/**
 * A package from npm that only the benchmark needs. The specifier is no literal,
 * so that nothing is loaded or locked for those who do not run it.
 *
 * @throws {Error} whose message says what is missing.
 */
export async function loadPackage(specifier: string): Promise<unknown> {
  try {
    return await import(specifier);
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    throw new Error(`the package ${specifier}: ${reason}`);
  }
}
