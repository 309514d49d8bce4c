/**
 * Sets up a project that has the scripts only, with a Python that pretends:
 * nothing is installed, and whatever may go wrong can be made to.
 */
import { delimiter, join } from "node:path";
import { reason } from "../../notebooks/jupyter/python.ts";
import { root } from "../../notebooks/jupyter/task.ts";
import { assert, assertEquals, assertMatch } from "../support/assert.ts";
import { withFolder } from "../support/files.ts";

const scripts = join(root, "notebooks", "jupyter");
// What stands for Python is a shell script.
const ignore = Deno.build.os === "windows";
/** The answers of a Python that has everything; those of a test come before them. */
const healthy = `
  *version_info*) echo "3.12 True" ;;
  *"import ensurepip, venv"*) echo ok ;;
  *"-m venv"*) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" && cp "$0" "$4/bin/deno" ;;
  *"print('ok')"*) echo ok ;;
  *nbformat.sign*) shift 2; for path; do basename "$path" >> "$SIGNED"; done ;;
  *"-m ensurepip"* | *"-m pip"* | *"-c import"* | --version) ;;
  *) echo "unexpected: $*" >&2; exit 9 ;;`;

/** A project in a folder of its own. */
class Project {
  readonly venv: string;
  readonly #bin: string;

  private constructor(readonly folder: string) {
    this.venv = join(folder, ".venv");
    this.#bin = join(folder, "bin");
  }

  /** Calls `use` with a project that has notebooks 01 and 02, one of the reader's, and `python3`. */
  static async with(use: (project: Project) => Promise<void>, answers = ""): Promise<void> {
    await withFolder(async (folder) => {
      const project = new Project(await Deno.realPath(folder));
      const notebooks = join(folder, "notebooks");
      await Deno.mkdir(join(notebooks, "jupyter"), { recursive: true });
      await Deno.mkdir(join(folder, "bin"));
      for await (const { name } of Deno.readDir(scripts)) {
        await Deno.copyFile(join(scripts, name), join(notebooks, "jupyter", name));
      }
      for (const name of ["01_a", "02_b", "solutions", "Untitled"]) {
        await Deno.writeTextFile(join(notebooks, `${name}.ipynb`), "{}");
      }
      await project.write("python3", answers);
      await use(project);
    });
  }

  /** Puts a Python that gives some answers before the usual ones on the project's PATH. */
  async write(name: string, answers = ""): Promise<void> {
    const script = `#!/bin/sh\nPATH=/usr/bin:/bin\ncase "$*" in${answers}${healthy}\nesac\n`;
    await Deno.writeTextFile(join(this.#bin, name), script, { mode: 0o755 });
  }

  /** Starts `deno task setup`; what it finds on the PATH is the project's Python and `also`. */
  start(also: readonly string[] = []): Deno.ChildProcess {
    return new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", "--no-config", "notebooks/jupyter/setup.ts"],
      cwd: this.folder,
      env: { PATH: [this.#bin, ...also].join(delimiter), SIGNED: join(this.folder, "signed.txt") },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  }

  /** Sets up, and returns what was printed, or complained of if it failed. */
  async setup(also: readonly string[] = []): Promise<{ success: boolean; text: string }> {
    const { success, stdout, stderr } = await this.start(also).output();
    const text = new TextDecoder().decode(success ? stdout : stderr).trim();
    assert(!/^ +at .*:\d+:\d+/m.test(text), `a stack trace: ${text}`);
    return { success, text };
  }

  /** Which notebooks have been signed since the last question. */
  async signed(): Promise<string[]> {
    const file = join(this.folder, "signed.txt");
    const names = await Deno.readTextFile(file).catch(() => "");
    await Deno.remove(file).catch(() => {});
    return names.split("\n").filter((name) => name !== "").sort();
  }
}

/** A test of a set-up that fails: its message matches, and the next attempt installs anew. */
function failure(
  name: string,
  message: RegExp,
  answers: string,
  prepare: (project: Project) => Promise<void> = () => Promise.resolve(),
): void {
  Deno.test({
    name,
    ignore,
    fn: () =>
      Project.with(async (project) => {
        await prepare(project);
        const { success, text } = await project.setup();
        assert(!success, text);
        assertMatch(text, message);
        await project.write("python3");
        if (answers) assert((await project.setup()).success, "it is well after that");
      }, answers),
  });
}

Deno.test({
  name: "set-up installs once, says where, and asks nobody again",
  ignore,
  fn: () =>
    Project.with(async (project) => {
      const { text } = await project.setup();
      assertEquals(text, `JupyterLab and the Deno kernel are in ${project.venv}`);
      await project.write("python3", "\n  *) exit 1 ;;");
      assertEquals(await project.setup(), { success: true, text });
    }),
});

failure(
  "without a network, it says so, and why",
  /^Could not install JupyterLab: the package index cannot be reached.*\n {2}WARNING: .*refused/m,
  `
  *"-m pip"*) for i in 4 3; do echo "WARNING: Retrying (total=$i) after connection broken by \
'NewConnectionError: [Errno 111] Connection refused'" >&2; done
    echo "ERROR: No matching distribution found for deno==2.8.1" >&2; exit 1 ;;`,
);

failure(
  "a full disk is named, whoever finds it full",
  /^Could not make a virtual environment: the disk is full/m,
  `
  *"-m ensurepip"*) echo "OSError: [Errno 28] No space left on device" >&2
    echo "CalledProcessError: ... returned non-zero exit status 1." >&2; exit 1 ;;`,
);

failure(
  "packages that went elsewhere are missed at once, not for ever",
  /^Could not find JupyterLab where pip put it \(do pip's settings have a target.*No package/ms,
  `
  *importlib.metadata*) echo "Traceback" >&2
    echo "PackageNotFoundError: No package metadata was found for deno" >&2; exit 1 ;;`,
);

failure(
  "a JupyterLab that does not load is found before it is taken for installed",
  /^Could not load JupyterLab: its last words were:\n.*\n {2}ImportError: libz\.so/m,
  `
  *"import jupyterlab"*) echo "Traceback" >&2; echo "ImportError: libz.so" >&2; exit 1 ;;`,
);

failure(
  "a file in the place of .venv is named",
  /\.venv was made by something else/,
  "",
  (project) => Deno.writeTextFile(project.venv, ""),
);

failure(
  "so is a link to nowhere",
  /\.venv was made by something else/,
  "",
  (project) => Deno.symlink(join(project.folder, "nowhere"), project.venv),
);

failure(
  "so is an environment of somebody else",
  /\.venv was made by something else/,
  "",
  async ({ venv }) => {
    await Deno.mkdir(venv);
    await Deno.writeTextFile(join(venv, "pyvenv.cfg"), "");
  },
);

Deno.test({
  name: "an environment behind a link is shared where it fits, and never emptied",
  ignore,
  fn: () =>
    Project.with((owner) =>
      Project.with(async (guest) => {
        assert((await owner.setup()).success);
        await Deno.symlink(owner.venv, guest.venv);
        assert((await guest.setup()).success, "the same versions");
        const requirements = join(guest.folder, "notebooks", "jupyter", "requirements.txt");
        await Deno.writeTextFile(requirements, "deno==0.0.0\n");
        const { success, text } = await guest.setup();
        assert(!success);
        assertMatch(
          text,
          /\.venv leads to .*\.venv, which is set up for another project or for other/,
        );
        await owner.write("python3", "\n  *) exit 1 ;;");
        assert((await owner.setup()).success, "nothing of it is gone");
      })
    ),
});

Deno.test({
  name: "a link to an empty folder is where it installs",
  ignore,
  fn: () =>
    Project.with(async (project) => {
      const elsewhere = join(project.folder, "elsewhere");
      await Deno.mkdir(elsewhere);
      await Deno.symlink(elsewhere, project.venv);
      assertEquals(
        (await project.setup()).text,
        `JupyterLab and the Deno kernel are in ${elsewhere}`,
      );
    }),
});

Deno.test({
  name: "where nothing can be written, it says so",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    Project.with(async (project) => {
      await Deno.symlink("/proc/self", project.venv); // a folder that even root cannot write to
      const { success, text } = await project.setup();
      assert(!success);
      assertMatch(text, /^Could not install into .*\.venv: the project must be in a folder where/);
    }),
});

Deno.test({
  name: "a Python without venv does not keep a better one from being taken",
  ignore,
  fn: () =>
    Project.with(async (project) => {
      const incomplete = `\n  *"import ensurepip, venv"*) exit 1 ;;`;
      await project.write("python3", incomplete);
      const { success, text } = await project.setup();
      assert(!success);
      assertMatch(text, /^Python 3\.12 lacks the modules venv and ensurepip .*apt install/);
      await project.write("python3.11");
      assert((await project.setup()).success);
    }),
});

Deno.test({
  name: "whoever waits for another set-up is told",
  ignore,
  fn: () =>
    Project.with(async (project) => {
      await Deno.mkdir(project.venv);
      const lock = await Deno.open(join(project.venv, "setup.lock"), { create: true, write: true });
      await lock.lock(true);
      const process = project.start();
      const stdout = process.stdout.cancel();
      let text = "";
      for await (const part of process.stderr.pipeThrough(new TextDecoderStream())) {
        text += part;
        if (text.endsWith("installing.\n")) lock.close();
      }
      assertMatch(text, /^Waiting: another set-up is installing\.\nInstalling/);
      await stdout;
      assert((await process.status).success);
    }),
});

Deno.test({
  name: "what git has of the project's notebooks is signed, what was changed or added is not",
  ignore: ignore || !await hasGit(),
  fn: () =>
    Project.with(async (project) => {
      const also = (Deno.env.get("PATH") ?? "").split(delimiter);
      const git = async (...args: string[]) => {
        const who = ["-c", "user.name=x", "-c", "user.email=x@example.org"];
        const { success } = await new Deno.Command("git", {
          args: [...who, ...args],
          cwd: project.folder,
        }).output();
        assert(success, args.join(" "));
      };
      await git("init", "--quiet");
      await git("add", "notebooks/01_a.ipynb", "notebooks/02_b.ipynb", "notebooks/Untitled.ipynb");
      await git("commit", "--quiet", "--message", "x");
      await Deno.writeTextFile(join(project.folder, "notebooks", "02_b.ipynb"), '{"cells":[]}');
      await project.setup(also);
      assertEquals(await project.signed(), ["01_a.ipynb"]);

      await project.setup(also);
      assertEquals(await project.signed(), [], "it need not be done again");
      await git("checkout", "--quiet", "--", ".");
      await project.setup(also);
      assertEquals(await project.signed(), ["01_a.ipynb", "02_b.ipynb"]);
    }),
});

Deno.test({
  name: "without git, the project's notebooks are signed as they came, and later ones are not",
  ignore,
  fn: () =>
    Project.with(async (project) => {
      await project.setup();
      assertEquals(await project.signed(), ["01_a.ipynb", "02_b.ipynb", "solutions.ipynb"]);
      await Deno.writeTextFile(join(project.folder, "notebooks", "02_b.ipynb"), '{"cells":[]}');
      await project.setup();
      assertEquals(await project.signed(), []);
    }),
});

Deno.test({
  name: "a notebook of the reader's is none of the project's",
  ignore,
  fn: () =>
    Project.with(async ({ folder }) => {
      const script = `import { findNotebooks } from "./notebooks/jupyter/notebooks.ts";
        console.log((await findNotebooks()).map((path) => path.split("/").at(-1)).join(" "));
        await findNotebooks(["Untitled"]).catch(({ message }) => console.log(message));`;
      const { stdout } = await new Deno.Command(Deno.execPath(), {
        args: ["eval", "--no-config", "--ext=ts", script],
        cwd: folder,
      }).output();
      assertEquals(new TextDecoder().decode(stdout).split("\n"), [
        "01_a.ipynb 02_b.ipynb solutions.ipynb",
        'No notebook begins with "Untitled": choose from 01_a.ipynb, 02_b.ipynb, solutions.ipynb.',
        "",
      ]);
    }),
});

Deno.test("the reason for a failure is in front of the last words of who failed", () => {
  assertEquals(reason(""), "no reason was given");
  assertEquals(reason("one line"), "one line");
  assertMatch(
    reason("ProxyError('Cannot connect to proxy.')\nERROR"),
    /^the proxy does not answer/,
  );
  assertMatch(reason("SSLError(CERTIFICATE_VERIFY_FAILED)"), /^the server's certificate/);
  assertMatch(
    reason("ERROR: No matching distribution found for deno"),
    /^the package index has no/,
  );
  const many = Array.from({ length: 50 }, (_, i) => `line ${i}`).join("\n");
  assertEquals(reason(many).split("\n").length, 7);
});

const { tasks } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
for (const [name, { command }] of Object.entries<{ command: string }>(tasks)) {
  if (!/^deno run .*\.ts$/.test(command)) continue;
  Deno.test(`deno task ${name} says what it does if it is asked for help`, async () => {
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: [...command.split(" ").slice(1), "--help"],
      cwd: root,
    }).output();
    const text = new TextDecoder().decode(stdout);
    assertMatch(text, new RegExp(`^[A-Z].*\\bdeno task ${name}\\b`, "s"));
    assert(!/[*`]|@module/.test(text), text);
  });
}

Deno.test("a task that takes nothing refuses what it is given", async () => {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", join(scripts, "setup.ts"), "now"],
    cwd: root,
  }).output();
  assert(!success);
  assertEquals(
    new TextDecoder().decode(stderr).trim(),
    "This task takes no arguments, got now; see --help.",
  );
});

async function hasGit(): Promise<boolean> {
  try {
    return (await new Deno.Command("git", { args: ["--version"] }).output()).success;
  } catch {
    return false;
  }
}
