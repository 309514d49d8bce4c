/**
 * What the page "When something goes wrong" says of the kernel is what the kernel does.
 */
import { join } from "node:path";
import { setup } from "../../notebooks/jupyter/setup.ts";
import { root } from "../../notebooks/jupyter/task.ts";
import { assert, assertEquals, assertMatch } from "../support/assert.ts";

const page = await Deno.readTextFile(join(root, "notebooks", "book", "troubleshooting.md"));

/** Runs cells in one kernel, all sent at once; those that contain "stop" are stopped. */
const script = `
import json, sys, threading
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="deno")
sources = json.load(sys.stdin)
ids = [client.execute(source) for source in sources]
answers = {id: "" for id in ids}
done = 0
while done < len(ids):
    message = client.get_iopub_msg(timeout=60)
    id, content = message["parent_header"].get("msg_id"), message["content"]
    if id not in answers:
        continue
    if message["msg_type"] == "status" and content["execution_state"] == "busy":
        if "stop" in sources[ids.index(id)]:
            threading.Timer(0.5, manager.interrupt_kernel).start()
    elif message["msg_type"] == "execute_result":
        answers[id] += content["data"]["text/plain"]
    elif message["msg_type"] == "error":
        answers[id] += content["evalue"] + "\\n" + "\\n".join(content["traceback"])
    elif message["msg_type"] == "status" and content["execution_state"] == "idle":
        done += 1
manager.shutdown_kernel(now=True)
print(json.dumps([answers[id] for id in ids]))
`;

async function runCells(sources: readonly string[]): Promise<string[]> {
  const { python, env } = await setup();
  const process = new Deno.Command(python, {
    args: ["-c", script],
    env,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const stdin = process.stdin.getWriter();
  await stdin.write(new TextEncoder().encode(JSON.stringify(sources)));
  await stdin.close();
  return JSON.parse(new TextDecoder().decode((await process.output()).stdout));
}

Deno.test("the kernel stops, goes on, counts and declares as the page says", async () => {
  const [first, number, stopped, after, fails, next, cls, again, other, types] = await runCells([
    "let count = 1;",
    "interface A {\n  x: number;\n}\n\nconst f = (a: A): number => {\n\n  throw new Error(`${a}`);\n};\nf(1);",
    "while (true) count = 2; // stop",
    "count;",
    "throw new Error('first');",
    "'went on';",
    "class K { a = 1 }\nconst c = 1;",
    "class K { a = 2 }\nconst c = 2;\nc;",
    "const K = 1;",
    "const wrong: number = 'a text';\nwrong;",
  ]);
  assertEquals(first, "");
  assertMatch(number, /at f \(<anonymous>:2:/); // it stands in line 7
  assert(page.includes("**The line number in an error is too small.**"));
  const [, message] = page.match(/^\*\*"(invalid type: .*)"\./m)!;
  assertEquals(stopped.trim(), message);
  assertEquals(after, "2");
  assertMatch(fails, /first/);
  assertEquals(next, '"went on"');
  assertEquals([cls, again], ["", "2"]);
  assertMatch(other, /Identifier 'K' has already been declared/);
  assertEquals(types, '"a text"');
});

Deno.test("the sentences that the page quotes are those that are shown", async () => {
  const sources = await Promise.all(
    ["engine/show/picture.ts", "notebooks/jupyter/python.ts", "notebooks/jupyter/setup.ts"].map(
      (path) => Deno.readTextFile(join(root, path)),
    ),
  );
  const shown = sources.join("\n");
  const quoted = [
    "A still picture: run this cell",
    "the package index cannot be reached",
    "the server's certificate is not trusted",
    "another set-up is installing",
  ];
  for (const text of quoted) {
    assert(shown.includes(text), `nothing says: ${text}`);
    assert(page.includes(text), `the page does not explain: ${text}`);
  }
});
