/**
 * What the measurements were made on.
 *
 * @module
 */

/** A machine on a day. */
export interface Machine {
  readonly date: string;
  readonly processor: string;
  readonly processors: number;
  readonly system: string;
  readonly deno: string;
}

/** This machine today. */
export async function thisMachine(): Promise<Machine> {
  const { os, arch } = Deno.build;
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: await processor(),
    processors: navigator.hardwareConcurrency,
    system: `${os} ${arch}`,
    deno: `Deno ${Deno.version.deno}, V8 ${Deno.version.v8}`,
  };
}

async function processor(): Promise<string> {
  try {
    if (Deno.build.os === "linux") {
      const text = await Deno.readTextFile("/proc/cpuinfo");
      return /^model name\s*:\s*(.+)$/m.exec(text)?.[1] ?? "unknown processor";
    }
    if (Deno.build.os === "darwin") {
      const args = ["-n", "machdep.cpu.brand_string"];
      const { stdout } = await new Deno.Command("sysctl", { args }).output();
      return new TextDecoder().decode(stdout).trim();
    }
  } catch {
    // A machine that does not tell is measured all the same.
  }
  return Deno.env.get("PROCESSOR_IDENTIFIER") ?? "unknown processor";
}
