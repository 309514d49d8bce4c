/**
 * Tells Jupyter of the Deno kernel. Run by itself, as on Binder, it does so for
 * the Deno that runs it: `deno run --allow-all notebooks/jupyter/kernelspec.ts PREFIX`.
 *
 * @module
 */
import { join } from "node:path";

/**
 * Writes the kernel that notebooks ask for by the name "deno".
 *
 * @param prefix the folder of the Python installation whose Jupyter is told.
 * @param deno the path of the Deno that is the kernel.
 */
export async function writeKernelspec(prefix: string, deno: string): Promise<void> {
  const folder = join(prefix, "share", "jupyter", "kernels", "deno");
  const kernelspec = {
    argv: [deno, "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
    // Without it, the Stop button kills the kernel.
    interrupt_mode: "message",
    env: { NO_COLOR: "1" },
  };
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(
    join(folder, "kernel.json"),
    JSON.stringify(kernelspec, null, 2) + "\n",
  );
}

if (import.meta.main) {
  const [prefix] = Deno.args;
  if (prefix === undefined) throw new Error("kernelspec.ts: say whose Jupyter is told of Deno");
  await writeKernelspec(prefix, Deno.execPath());
}
