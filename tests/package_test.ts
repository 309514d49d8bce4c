/**
 * The package that `deno task bundle` makes, installed from its archive into a project of Node:
 * used there, in Bun and in a browser.
 */
import { delimiter, dirname, join } from "node:path";
import { buildPackage, files } from "../.package/build.ts";
import { draw, Value } from "../mod.ts";
import { assert, assertEquals, assertMatch } from "./support/assert.ts";
import { browserPath, watch, withBrowser } from "./support/browser.ts";
import { withFolder } from "./support/files.ts";
import { serveFolder } from "./support/serve_folder.ts";

const support = join(import.meta.dirname!, "support");

const windows = Deno.build.os === "windows";
const npm = await find("npm");
if (npm === undefined) console.log("Tests of the package skipped: npm is not on the PATH.");
if (browserPath === undefined) {
  console.log("The package is not tried in a browser: no Chromium; set CHROMIUM to one.");
}

async function find(name: string): Promise<string | undefined> {
  for (const folder of (Deno.env.get("PATH") ?? "").split(delimiter)) {
    const path = join(folder, windows ? `${name}.cmd` : name);
    if (await Deno.stat(path).then(({ isFile }) => isFile, () => false)) return path;
  }
}

async function run(folder: string, command: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args,
    cwd: folder,
    env: { NO_COLOR: "1" },
  }).output();
  assert(success, `${command} ${args[0]}: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}

/** The command that runs Bun: that of the PATH, or the one that npm fetches; nothing offline. */
async function findBun(folder: string): Promise<string[] | undefined> {
  const own = await find("bun");
  if (own !== undefined) return [own];
  const fetched = [join(dirname(npm!), windows ? "npx.cmd" : "npx"), "--yes", "bun@1.4.5"];
  const works = await run(folder, fetched[0], ...fetched.slice(1), "--version")
    .then(() => true, () => false);
  return works ? fetched : undefined;
}

Deno.test({
  name: "the package, installed into a project elsewhere",
  ignore: npm === undefined,
  fn: (t) =>
    withFolder(async (folder) => {
      const made = join(folder, "made");
      await buildPackage(made);
      const project = join(folder, "project");
      await Deno.mkdir(project);
      const [archive] = (await run(project, npm!, "pack", "--silent", made)).trim().split("\n");
      await Deno.writeTextFile(join(project, "package.json"), `{ "type": "module" }`);
      await run(project, npm!, "install", "--prefer-offline", `chainrule@file:${archive}`);
      for (const name of ["package_program.js", "package_page.html"]) {
        await Deno.copyFile(join(support, name), join(project, name));
      }
      const wanted = await run(
        support,
        Deno.execPath(),
        "run",
        "--allow-all",
        "package_program.js",
      );

      await t.step("does in Node what it does in Deno, pictures and files included", async () => {
        assertEquals(await run(project, "node", "package_program.js"), wanted);
        assertMatch(wanted, /^Value\(data=6\) 3\nValue\(data=6\) <svg/);
        assertEquals(wanted.match(/<svg/g)?.length, 5);
        assertEquals(wanted.match(/^FitHistory\(5 epochs, compiled: /gm)?.length, 2);
        const end = "learnt: true\nthe same: true true\n" +
          "standalone: 4, 4, 1\nENOENT\n";
        assert(wanted.endsWith(end), wanted.slice(-160));
      });

      await t.step("in Node a monitor writes to stderr", async () => {
        const code = `import { monitor } from "chainrule";
          const live = monitor(2);
          for (const step of live) live.push(step);`;
        const { stderr, success } = await new Deno.Command("node", {
          args: ["--input-type=module", "--eval", code],
          cwd: project,
        }).output();
        const line = "[########################] 2 of 2 steps, loss 1\n";
        assertEquals([success, new TextDecoder().decode(stderr)], [true, line]);
      });

      const bun = await findBun(project);
      if (bun === undefined) console.log("The package is not tried in Bun, which is not at hand.");
      await t.step({
        name: "and in Bun",
        ignore: bun === undefined,
        fn: async () => {
          const [command, ...args] = bun!;
          assertEquals(await run(project, command, ...args, "package_program.js"), wanted);
        },
      });

      await t.step({
        name: "in a page it trains and draws, and says what a page cannot do",
        ignore: browserPath === undefined,
        fn: () =>
          withBrowser(async (browser) => {
            await using server = serveFolder(project);
            const { page, complaints } = watch(await browser.newPage());
            await page.goto(`${server.url}package_page.html`);
            await page.waitForFunction("globalThis.results");
            const results = await page.evaluate("results") as Record<string, unknown>;
            const [x, w] = [2, 3].map((data) => new Value(data));
            w.grad = 12; // as compiled: the mean of 2x(3x − 1) at 1 and 2
            assertEquals(results, {
              means: [14.5, 14.5, 14.5],
              warnings: [
                "compile: one thread computes, since here no thread can wait for others, as in a page",
              ],
              save: "Error: save: there is no file system here; toJSON and fromJSON, " +
                "toSafetensors and fromSafetensors, toONNX, and standalone() of a program work without",
              graph: await draw(w.mul(x).sub(1).pow(2)).svg(),
              chart: results.chart,
            });
            assertMatch(
              String(results.chart),
              /^no points\n\(no picture: the package vega could not be loaded: .+\)$/,
            );
            assertEquals(complaints, []);
          }),
      });

      await t.step("its types are complete, and those of the library", async () => {
        const types = join(made, "types");
        let count = 0;
        for await (const path of files(types)) {
          const text = (await Deno.readTextFile(path)).replace(/\/\*[^]*?\*\//g, "");
          for (const [, specifier] of text.matchAll(/(?:from|import\()\s*"([^"]+)"/g)) {
            const declared = join(dirname(path), specifier.replace(/\.js$/, ".d.ts"));
            assert((await Deno.stat(declared)).isFile, `${path}: ${specifier}`);
            count++;
          }
        }
        assert(count > 100);
        const code = [
          `import { MLP, Value } from "chainrule";`,
          `import type { GraphNode } from "chainrule/extend";`,
          `const value: Value = new MLP(3, [4, 1]).forward([1, 2, 3]);`,
          `const node: GraphNode = value.tanh();`,
          `// @ts-expect-error: a text is no number`,
          `new Value("2");`,
          `console.log(node);`,
        ];
        await Deno.writeTextFile(join(project, "types.ts"), code.join("\n"));
        await run(project, Deno.execPath(), "check", "types.ts");
      });
    }),
});
