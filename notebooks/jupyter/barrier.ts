/**
 * Makes a notebook's cell wait until its output has arrived.
 *
 * A kernel says "idle" when a cell is done. Deno's says so while output is still
 * on its way, and viewers drop what comes later or show it in the next cell:
 * Deno 2.8.2 to 2.9.8 in most cells that print or draw, Deno 2.8.1 now and then
 * in cells that print hundreds of lines. So a notebook begins with
 * `import * as barrier from "./jupyter/barrier.ts"`, and from then on each cell
 * ends a moment later: nothing tells when output has left, so that on a busy
 * machine a newer Deno once lost some all the same. Outside a notebook the
 * import does nothing. A cell that throws ends without the moment, and so does
 * every cell in Deno 2.8.2 and 2.8.3, which show no results either: there is
 * nothing in them that could wait.
 * `tests/kernel/` has the cause and the numbers.
 *
 * @module
 */

/** The part of Deno's inner workings that ends a cell; it exists only in a kernel. */
interface Kernel {
  /** Sends the result of a cell; the kernel says "idle" when its promise resolves. */
  broadcastResult?: (executionCount: number, result: unknown) => Promise<void>;
}

// Measured on Deno 2.9.6: a message takes about 0.1 ms, and 20 ms are too few for the first ones.
const milliseconds = { perCell: 60, perMessage: 1 };
const kernel = findKernel();
let messages = 0;

if (kernel?.broadcastResult) {
  const broadcastResult = kernel.broadcastResult;
  kernel.broadcastResult = async (executionCount, result) => {
    await broadcastResult(executionCount, result);
    const wait = milliseconds.perCell + milliseconds.perMessage * messages;
    messages = 0;
    await new Promise((resolve) => setTimeout(resolve, wait));
  };
  count(console, Object.keys(console));
  count(Deno.jupyter, ["broadcast", "display"]);
}

/** Counts the calls of an object's methods as messages. */
function count(object: object, names: readonly string[]): void {
  for (const name of names) {
    const method: unknown = Reflect.get(object, name);
    if (typeof method !== "function") continue;
    Reflect.set(object, name, (...args: unknown[]) => {
      messages++;
      return Reflect.apply(method, object, args);
    });
  }
}

function findKernel(): Kernel | undefined {
  const key: unknown = Reflect.get(Deno, "internal");
  if (typeof key !== "symbol") return undefined;
  return (Reflect.get(Deno, key) as { jupyter?: Kernel } | undefined)?.jupyter;
}
