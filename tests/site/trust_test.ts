/**
 * Opens the stored notebooks in JupyterLab as a newcomer does: nothing has been
 * run yet, and JupyterLab trusts them, or does not.
 */
import { basename, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Notebook, plain } from "../../notebooks/jupyter/compare.ts";
import { findNotebooks, readNotebook } from "../../notebooks/jupyter/notebooks.ts";
import { setup } from "../../notebooks/jupyter/setup.ts";
import { root } from "../../notebooks/jupyter/task.ts";
import { committed, sign } from "../../notebooks/jupyter/trust.ts";
import { assert, assertEquals, assertMatch } from "../support/assert.ts";
import { askUntil, browserPath } from "../support/browser.ts";
import { withFolder } from "../support/files.ts";
import {
  closeNotebook,
  drive,
  look,
  openNotebook,
  type Seen,
  withLab,
  writeJson,
} from "./lab_pages.ts";

/** What a notebook's file has of what is {@link Seen}. */
function stored(notebook: Notebook): Pick<Seen, "charts" | "pictures" | "notes" | "errors"> {
  const outputs = notebook.cells.flatMap((cell) => cell.outputs ?? []);
  const data = outputs.map(({ data = {} }) => data);
  const charts = data.filter((one) => Object.keys(one).some((type) => type.includes("vegalite")));
  const html = data.map((one) => plain(one["text/html"]));
  return {
    charts: charts.length,
    pictures: html.reduce((sum, text) => sum + (text.match(/<img /g) ?? []).length, 0),
    notes: html.filter((text) => text.includes('class="still"')).length,
    // JupyterLab shows warnings as it shows errors.
    errors: outputs.filter(({ name }) => name === "stderr").map(({ text = "" }) =>
      [text].flat().join("")
    ),
  };
}

Deno.test({
  name: "a stored notebook shows all of its pictures before anything is run, and moves if signed",
  ignore: !browserPath,
  fn: () =>
    withFolder(async (folder) => {
      const paths = await findNotebooks();
      await sign(await setup(), paths);
      await Deno.mkdir(join(folder, "signed"));
      const expected = new Map<string, ReturnType<typeof stored>>();
      for (const path of paths) {
        const notebook = await readNotebook(path);
        expected.set(basename(path), stored(notebook));
        // Byte by byte: JavaScript would write 1.0 as 1, which Python takes for another number.
        await Deno.copyFile(path, join(folder, "signed", basename(path)));
        // A signature is one of the content, and this is another.
        const first = { ...notebook.cells[0], source: "# Another title" };
        const other = { ...notebook, cells: [first, ...notebook.cells.slice(1)] };
        await writeJson(join(folder, "unsigned", basename(path)), other);
      }
      await withLab(folder, async (browser, lab) => {
        const context = await browser.newContext({ viewport: { width: 1200, height: 1000 } });
        const page = await context.newPage();
        await page.goto(lab.url.href);
        for (const kind of ["signed", "unsigned"] as const) {
          for (const [name, there] of expected) {
            const path = `${kind}/${name}`;
            assertEquals(await trusted(lab.url, path), kind === "signed", path);
            await openNotebook(page, path);
            const wanted = {
              ...there,
              notes: kind === "signed" ? 0 : there.notes,
              empty: 0,
              garbled: [],
            };
            const { controls, ...seen } = await askUntil(
              ({ controls: _, ...all }) => isDeepStrictEqual(all, wanted),
              () => page.evaluate<Seen>(look),
            );
            assertEquals(seen, wanted, path);
            const alive = kind === "signed" && there.notes > 0;
            assert(alive ? controls > 0 : controls === 0, `${path}: ${controls} controls`);
            if (alive) assert(await drive(page, path) > 0, path);
            await closeNotebook(page);
          }
        }
        await context.close();
      });
    }),
});

/** Whether JupyterLab's server trusts all code cells of a notebook. */
async function trusted(lab: URL, path: string): Promise<boolean> {
  const url = new URL(`api/contents/${path}`, lab.href.replace(/lab\?.*$/, ""));
  url.search = lab.search;
  const { content }: { content: Notebook } = await (await fetch(url)).json();
  const code = content.cells.filter((cell) => cell.cell_type === "code");
  const marks = new Set(code.map(({ metadata }) => metadata?.trusted ?? false));
  assertEquals(marks.size, 1, `${path}: some cells are trusted and some are not`);
  return marks.has(true);
}

Deno.test("task lab trusts what it shows, behind a dead proxy and with any token", async () => {
  const lab = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "notebooks/jupyter/lab.ts"],
    cwd: root,
    env: {
      HTTP_PROXY: "http://127.0.0.1:9",
      HTTPS_PROXY: "http://127.0.0.1:9",
      NO_PROXY: "",
      JUPYTER_TOKEN: "a&b=c d",
    },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let text = "";
  for await (const part of lab.stdout.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (!text.includes("Ctrl-C")) continue;
    const [link] = text.match(/http:\S+/)!;
    assertMatch(link, /\/lab\?token=a%26b%3Dc\+d$/);
    // Those that were changed since they were committed are not for it to trust.
    const [path] = await committed(await findNotebooks()) ?? [];
    if (path) assert(await trusted(new URL(link), basename(path)), path);
    lab.kill("SIGINT");
  }
  assert((await lab.status).success);
});

Deno.test({
  name: "task lab leaves no server behind when it is ended while it starts",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const mark = `CHAINRULE_TEST_OF_LAB=${crypto.randomUUID()}`;
    const [name, value] = mark.split("=");
    const lab = new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", "notebooks/jupyter/lab.ts"],
      cwd: root,
      env: { [name]: value },
      stdout: "null",
      stderr: "null",
    }).spawn();
    const isServer = (pid: string) =>
      Number(pid) !== lab.pid && read(`/proc/${pid}/cmdline`).includes("jupyterlab") &&
      read(`/proc/${pid}/environ`).includes(mark);
    const servers = () => [...Deno.readDirSync("/proc")].map(({ name }) => name).filter(isServer);
    while (servers().length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    lab.kill("SIGINT");
    assert(!(await lab.status).success);
    assertEquals(servers(), []);
  },
});

/** A file's text; none if it is gone or not ours to read. */
function read(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}
