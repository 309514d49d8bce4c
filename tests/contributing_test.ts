/**
 * CONTRIBUTING.md keeps its word: its patches are applied to a copy of the
 * project, and then everything happens that it says. Only the comparison with
 * PyTorch is left out, as that needs fixtures which PyTorch has to make.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertStringIncludes } from "./support/assert.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const page = await Deno.readTextFile(join(root, "CONTRIBUTING.md"));
const blocks = (kind: string) =>
  [...page.matchAll(new RegExp(`^(\`{3,})${kind}\n([^]*?)^\\1$`, "gm"))].map(([, , text]) => text);
const patches = blocks("diff");
const [typeError, output, newTests] = blocks("text");
const [program] = blocks("ts ignore");

interface Result {
  success: boolean;
  stdout: string;
  stderr: string;
}

async function run(command: string, args: string[], cwd: string, input = ""): Promise<Result> {
  const child = new Deno.Command(command, {
    args,
    cwd,
    // So that git does not look for a repository above the copy.
    env: { NO_COLOR: "1", GIT_CEILING_DIRECTORIES: join(cwd, "..") },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stdin = child.stdin.getWriter();
  await stdin.write(new TextEncoder().encode(input));
  await stdin.close();
  const { success, stdout, stderr } = await child.output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { success, stdout: decode(stdout), stderr: decode(stderr) };
}

async function copy(from: string, to: string): Promise<void> {
  await Deno.mkdir(to);
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (name.endsWith(".ipynb") || [".git", ".venv", ".output", "node_modules"].includes(name)) {
      continue;
    }
    await (isDirectory ? copy : Deno.copyFile)(join(from, name), join(to, name));
  }
}

const hasGit = await run("git", ["--version"], root).then(({ success }) => success, () => false);
if (!hasGit) console.log("The patches of CONTRIBUTING.md were not tried: there is no git.");

Deno.test({
  name: "the operation of CONTRIBUTING.md is added by its patches, and all follows that it says",
  ignore: !hasGit,
  fn: async (t) => {
    const folder = await Deno.makeTempDir();
    const project = join(await Deno.realPath(folder), "project");
    const deno = (...args: string[]) => run(Deno.execPath(), args, project);
    const succeeds = ({ success, stdout, stderr }: Result) => assert(success, stdout + stderr);
    const [table, ...others] = patches;
    // Each step needs the one before.
    const step = async (name: string, fn: () => Promise<void>) =>
      assert(await t.step(name, fn), name);
    try {
      await copy(root, project);

      await step("the line of the table applies, and the types ask for the rest", async () => {
        succeeds(await run("git", ["apply", "-"], project, table));
        const { success, stderr } = await deno(
          "check",
          "--quiet",
          "engine/compile/code/lane_arithmetic.ts",
        );
        assert(!success);
        assertStringIncludes(stderr, typeError.trim());
        assertStringIncludes(stderr, "softsign");
      });

      await step("the other patches apply, and the project has no wrong type", async () => {
        for (const patch of others) succeeds(await run("git", ["apply", "-"], project, patch));
        const changed = [
          "engine/activations.ts",
          "engine/value.ts",
          "engine/compile/code/lane_arithmetic.ts",
        ];
        succeeds(await deno("fmt", "--check", "--quiet", "engine/rules.ts", ...changed));
        succeeds(await deno("check", "--quiet"));
      });

      await step("the program prints what stands below it", async () => {
        await Deno.writeTextFile(join(project, "program.ts"), program);
        const result = await deno("run", "--quiet", "program.ts");
        assertEquals(result.stdout, output, result.stderr);
      });

      await step(
        "the tests that loop over the table have come by themselves and pass",
        async () => {
          const test = ["test", "--allow-all", "--no-check", "--parallel"];
          const names = ["rules", "operations", "value", "math", "formula/expression", "grad"];
          const [whole, compiled, example] = [
            await deno(...test, ...names.map((name) => `tests/engine/${name}_test.ts`)),
            await deno(...test, "--filter=softsign:", "tests/engine/compile/properties_test.ts"),
            await deno(...test, "--doc", "--filter=engine/activations.ts", "engine/activations.ts"),
          ];
          for (const result of [whole, compiled, example]) succeeds(result);
          const passed = whole.stdout + compiled.stdout;
          for (const name of newTests.trim().split("\n")) {
            assertStringIncludes(passed, `${name} ... ok`);
          }
          assertStringIncludes(example.stdout, "activations.ts$");
        },
      );

      await step(
        "only the comparison with PyTorch waits for its fixtures, and says so",
        async () => {
          const { success, stdout } = await deno(
            ...["test", "--allow-all", "--no-check", "tests/engine/torch_test.ts"],
          );
          assert(!success);
          const [, message] = page.match(/fails and says so:\s+`([^`]+)`/)!;
          assertStringIncludes(stdout, message.replace(/\s+/g, " "));
          assertStringIncludes(stdout, "| 3 passed | 1 failed");
        },
      );
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
