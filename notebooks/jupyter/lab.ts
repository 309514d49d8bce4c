/**
 * Starts JupyterLab on the notebooks and prints its address: `deno task lab`.
 * Ctrl-C ends it and its kernels. What is not there yet is installed before.
 *
 * @module
 */
import { join } from "node:path";
import { setup } from "./setup.ts";
import { root, runTask, SetupError, takeNothing } from "./task.ts";
import { signStored } from "./trust.ts";

/** A running JupyterLab. */
export interface Lab {
  /** Where it is, with the token that opens it. */
  url: URL;
  /** Resolves when it has ended. */
  ended: Promise<unknown>;
  /** Ends it and its kernels. */
  stop(): Promise<void>;
}

/**
 * Starts JupyterLab and waits until it answers.
 *
 * @param folder the folder that it shows.
 * @param settings environment variables that differ from those of {@link setup}.
 * @param signal ends it, also before it answers.
 * @throws {SetupError} if it does not start.
 */
export async function startLab(
  folder: string,
  settings: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Lab> {
  const { python, env, runtime, checkpoints } = await setup();
  const server = new Deno.Command(python, {
    args: [
      "-m",
      "jupyterlab",
      "--no-browser",
      `--ServerApp.root_dir=${folder}`,
      "--MultiKernelManager.default_kernel_name=deno",
      "--KernelSpecManager.allowed_kernelspecs=deno",
      `--FileCheckpoints.checkpoint_dir=${checkpoints}`,
      // Looking for extensions would ask PyPI.
      "--LabApp.extension_manager=readonly",
      ...(Deno.build.os !== "windows" && Deno.uid() === 0 ? ["--allow-root"] : []),
    ],
    env: { ...env, ...settings },
    // Ctrl-C reaches only this process, which then asks the server to end: two signals at once
    // would leave kernels behind.
    detached: true,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let log = "";
  const logged = server.stderr.pipeThrough(new TextDecoderStream()).pipeTo(
    new WritableStream({ write: (text) => void (log = (log + text).slice(-4000)) }),
  );
  const end = async () => {
    try {
      server.kill("SIGTERM");
    } catch (error) {
      // It has ended by itself.
      if (!(error instanceof TypeError)) throw error;
    }
    await server.status;
    await logged;
  };
  let ending: Promise<void> | undefined;
  const stop = () => ending ??= end();
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();

  const running = join(runtime, `jpserver-${server.pid}.json`);
  let over = false;
  server.status.then(() => over = true);
  for (const deadline = Date.now() + 60_000; Date.now() < deadline && !over;) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const info = await Deno.readTextFile(running).then(JSON.parse).catch(() => null);
    if (info === null) continue;
    const url = new URL("lab", info.url);
    url.searchParams.set("token", info.token);
    if (await answers(url)) return { url, ended: server.status, stop };
  }
  await stop();
  if (signal?.aborted) throw new SetupError("JupyterLab was stopped before it had started.");
  throw new SetupError(`JupyterLab did not start. Its last messages:\n${log.trim()}`);
}

/** Whether a server answers; asked without `fetch`, which would ask a proxy to ask it. */
async function answers({ hostname, port }: URL): Promise<boolean> {
  try {
    using connection = await Deno.connect({ hostname, port: Number(port) });
    await connection.write(new TextEncoder().encode("GET /api HTTP/1.0\r\n\r\n"));
    return await connection.read(new Uint8Array(1)) !== null;
  } catch {
    return false;
  }
}

async function main(args: readonly string[]): Promise<number> {
  takeNothing(args);
  await signStored(await setup());
  const ending = new AbortController();
  const stop = () => ending.abort();
  Deno.addSignalListener("SIGINT", stop);
  if (Deno.build.os !== "windows") {
    Deno.addSignalListener("SIGTERM", stop);
    Deno.addSignalListener("SIGHUP", stop);
  }
  console.log("Starting JupyterLab …");
  const lab = await startLab(join(root, "notebooks"), {}, ending.signal);
  console.log(
    `\nJupyterLab is running. Open it in a browser:\n\n    ${lab.url}\n\nCtrl-C stops it.`,
  );
  await lab.ended;
  await lab.stop();
  return 0;
}

if (import.meta.main) await runTask(main);
