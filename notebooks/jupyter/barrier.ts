/**
 * Makes a notebook's cell wait until its output has arrived.
 *
 * A kernel says "idle" when a cell is done. Deno's says so while output is still
 * on its way, and viewers drop what comes later or show it in the next cell:
 * Deno 2.8.2 and newer lose output of ordinary cells, Deno 2.8.1 only that of
 * cells that print a thousand lines. So a notebook begins with
 * `import * as barrier from "./jupyter/barrier.ts"`, and from then on each cell
 * ends a moment later. Outside a notebook the import does nothing.
 *
 * @module
 */

/** The part of Deno's inner workings that ends a cell; it exists only in a kernel. */
interface Kernel {
  /** Sends the result of a cell; the kernel says "idle" when its promise resolves. */
  broadcastResult?: (executionCount: number, result: unknown) => Promise<void>;
}

// Measured on 2.9.6: a message takes about 0.1 ms, and 20 ms were too short for the first ones.
const milliseconds = { perCell: isQuick(Deno.version.deno) ? 0 : 60, perMessage: 1 };
const kernel = findKernel();
let messages = 0;

if (kernel?.broadcastResult) {
  const broadcastResult = kernel.broadcastResult;
  kernel.broadcastResult = async (executionCount, result) => {
    await broadcastResult(executionCount, result);
    const wait = milliseconds.perCell + milliseconds.perMessage * messages;
    messages = 0;
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
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

/** Whether this Deno is 2.8.1 or older. */
function isQuick(version: string): boolean {
  const [major, minor, patch] = version.split(/[.+-]/).map(Number);
  return [major - 2, minor - 8, patch - 1].find((difference) => difference !== 0)! <= 0 ||
    version === "2.8.1";
}
