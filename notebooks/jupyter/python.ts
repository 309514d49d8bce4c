/**
 * Finds a Python, runs it, and says what is wrong when it fails.
 *
 * @module
 */
import { SetupError } from "./task.ts";

/**
 * A Python that is new enough and can make virtual environments.
 *
 * @throws {SetupError} if there is none.
 */
export async function findPython(): Promise<string> {
  const candidates = [
    "python3",
    "python",
    "python3.14",
    "python3.13",
    "python3.12",
    "python3.11",
    "python3.10",
  ];
  const script = "import sys; print('%d.%d' % sys.version_info[:2], sys.version_info >= (3, 10))";
  let [tooOld, incomplete] = ["", ""];
  for (const python of candidates) {
    const [version, newEnough] = (await output(python, ["-c", script])).split(/\s+/);
    if (newEnough !== "True") tooOld ||= version;
    else if (await output(python, ["-c", "import ensurepip, venv; print('ok')"]) === "ok") {
      return python;
    } else incomplete ||= version;
  }
  if (incomplete) {
    throw new SetupError(
      `Python ${incomplete} lacks the modules venv and ensurepip that the notebooks need: ` +
        `install them, on Debian and Ubuntu with "sudo apt install python3-venv".`,
    );
  }
  throw new SetupError(
    `The notebooks need Python 3.10 or newer and found ${tooOld || "none"}: ` +
      `install it from https://www.python.org/downloads/.`,
  );
}

/** The standard output of a command, or "" if it cannot be run or fails. */
export async function output(command: string, args: string[]): Promise<string> {
  try {
    const { success, stdout } = await new Deno.Command(command, {
      args,
      stdin: "null",
      stderr: "null",
    }).output();
    return success ? new TextDecoder().decode(stdout).trim() : "";
  } catch (error) {
    // It is not there, or a folder or something else that cannot be run.
    if (isSystemError(error)) return "";
    throw error;
  }
}

/**
 * Runs a command for a purpose.
 *
 * @throws {SetupError} if it fails, with the reason and what the command said.
 */
export async function run(
  command: string,
  args: string[],
  env: Record<string, string>,
  purpose: string,
): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args,
    env,
    stdin: "null",
  }).output();
  if (success) return;
  const [said, complained] = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes).trim()
  );
  throw new SetupError(`Could not ${purpose}: ${reason(complained || said)}`);
}

/** The most lines of a command's own words. */
const mostLines = 6;

/** Why a command failed: what its words amount to, and those of them that tell it. */
export function reason(words: string): string {
  const lines = words.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const [pattern, known] = reasons.find(([pattern]) => pattern.test(words)) ?? [];
  if (pattern) {
    const telling = lines.find((line) => pattern.test(line))!;
    return [known, telling, ...telling === lines.at(-1) ? [] : lines.slice(-1)].join("\n  ");
  }
  if (lines.length < 2) return lines[0] ?? "no reason was given";
  return ["its last words were:", ...lines.slice(-mostLines)].join("\n  ");
}

const reasons: readonly (readonly [RegExp, string])[] = [
  [/No space left on device|Errno 28|Disk quota exceeded/, "the disk is full; it takes 500 MB."],
  [/Read-only file system|Errno 30/, "the disk can only be read."],
  [
    /CERTIFICATE_VERIFY_FAILED|SSLError/,
    "the server's certificate is not trusted, as behind some proxies; " +
    "the variable PIP_CERT may name the certificate to trust.",
  ],
  [
    /ProxyError|Cannot connect to proxy|Tunnel connection failed/,
    "the proxy does not answer; see the variables HTTP_PROXY and HTTPS_PROXY.",
  ],
  [
    /connection broken by|NewConnectionError|Failed to establish a new connection|timed out/,
    "the package index cannot be reached; is there a network, and does it need a proxy " +
    "(HTTPS_PROXY) or an index of its own (PIP_INDEX_URL)?",
  ],
  [/No matching distribution/, "the package index has no such version for this Python and system."],
];

/** Whether an error comes from the operating system, such as `EACCES` or `ENOSPC`. */
export function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && "code" in error && typeof error.code === "string";
}
