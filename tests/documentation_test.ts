/**
 * What is exported is documented: a sentence, a category, and an example that
 * asserts something. That the examples are right, `deno test --doc` shows.
 */
import { categories } from "../notebooks/book/api_page.ts";
import { assert, assertEquals } from "./support/assert.ts";

interface Documented {
  name?: string;
  jsDoc?: { doc?: string; tags?: { kind: string; doc?: string }[] };
}

interface Declaration extends Documented {
  kind: string;
  def: { constructors?: Documented[]; methods?: Documented[]; properties?: Documented[] };
}

interface Exported {
  name: string;
  declarations: Declaration[];
}

async function readExports(): Promise<Exported[]> {
  const root = new URL("../", import.meta.url);
  const command = new Deno.Command(Deno.execPath(), {
    args: ["doc", "--json", "mod.ts"],
    cwd: root,
    stderr: "null",
  });
  const { nodes } = JSON.parse(new TextDecoder().decode((await command.output()).stdout));
  return nodes[new URL("mod.ts", root).href].symbols;
}

function tagsOf({ declarations }: Exported, kind: string): string[] {
  return declarations.flatMap(({ jsDoc }) => jsDoc?.tags ?? [])
    .filter((tag) => tag.kind === kind)
    .map(({ doc = "" }) => doc.trim());
}

/** Whether a documentation begins with a sentence, which ends where its first paragraph does. */
function hasSentence({ jsDoc }: Documented): boolean {
  const [first] = (jsDoc?.doc ?? "").trim().split(/\n\s*\n/);
  return first.length >= 4 && /[.:]$/.test(first);
}

/** The program of an example, or "" if there is none. */
function programOf(example: string): string {
  return example.match(/```ts\n(.*?)```/s)?.[1] ?? "";
}

/** Whether an example uses the library, and calls one of the assertions that it imports. */
function asserts(example: string): boolean {
  const program = programOf(example);
  const [, names = ""] = program.match(/import \{ (.*) \} from "node:assert\/strict";/) ?? [];
  const body = program.replace(/^import .*$/gm, "");
  return /from "chainrule";/.test(program) &&
    names.split(", ").some((name) => name !== "" && body.includes(`${name}(`));
}

/** What its documentation lacks. */
function lacks(symbol: Exported): string[] {
  const examples = tagsOf(symbol, "example");
  const named = tagsOf(symbol, "category");
  // Of overloads, the one that implements the others has no documentation of its own.
  const overloads = symbol.declarations.filter(({ jsDoc }) => jsDoc !== undefined);
  const known = named.length > 0 && new Set(named).size === 1 && categories.includes(named[0]);
  return [
    ...overloads.length > 0 && overloads.every(hasSentence) ? [] : ["a sentence"],
    ...examples.length > 0 ? [] : ["an example"],
    ...examples.every(asserts) ? [] : ["an assertion in an example"],
    ...known ? [] : ["one category of the list"],
  ];
}

/** The members of a class or an interface without documentation; of several of a name, one has it. */
function bareMembers({ name, declarations }: Exported): string[] {
  return declarations.flatMap(({ def: { constructors = [], methods = [], properties = [] } }) => {
    const members = [...constructors, ...methods, ...properties];
    const documented = new Set(members.filter(({ jsDoc }) => jsDoc?.doc).map((m) => m.name));
    return members.filter((member) => !documented.has(member.name))
      .map((member) => `${name}.${member.name}`);
  });
}

const symbols = await readExports();

Deno.test("every exported symbol has a sentence, a category and an example that asserts", () => {
  assert(symbols.length > 150, `only ${symbols.length} symbols were read`);
  const wrong = symbols.map((symbol) => ({ name: symbol.name, lacks: lacks(symbol) }));
  assertEquals(wrong.filter((symbol) => symbol.lacks.length > 0), []);
});

Deno.test("every member of an exported class or interface is documented", () => {
  const members = symbols.flatMap(({ declarations }) =>
    declarations.flatMap(({ def }) => [...def.methods ?? [], ...def.properties ?? []])
  );
  assert(members.length > 300, `only ${members.length} members were read`);
  assertEquals(symbols.flatMap(bareMembers), []);
});

Deno.test("no category is empty", () => {
  const used = new Set(symbols.flatMap((symbol) => tagsOf(symbol, "category")));
  assertEquals(categories.filter((category) => !used.has(category)), []);
});

Deno.test("no two symbols have the same example", () => {
  const programs = symbols.flatMap((symbol) => tagsOf(symbol, "example").map(programOf));
  assertEquals(programs.filter((program, i) => programs.indexOf(program) !== i), []);
});

const example = [
  "```ts",
  'import { add } from "chainrule";',
  'import { deepEqual } from "node:assert/strict";',
  "",
  "deepEqual(add(1, 2).data, 3);",
  "```",
].join("\n");

function madeUp(doc: string, example: string, category: string): Exported {
  const tags = [{ kind: "example", doc: example }, { kind: "category", doc: category }]
    .filter((tag) => tag.doc !== "");
  return { name: "made", declarations: [{ kind: "function", jsDoc: { doc, tags }, def: {} }] };
}

Deno.test("what a documentation lacks is noticed", () => {
  assertEquals(lacks(madeUp("a + b.", example, "Values")), []);
  assertEquals(lacks(madeUp("", example, "Values")), ["a sentence"]);
  assertEquals(lacks(madeUp("the sum", example, "Values")), ["a sentence"]);
  assertEquals(lacks(madeUp("a + b.", "", "Values")), ["an example"]);
  assertEquals(lacks(madeUp("a + b.", example, "")), ["one category of the list"]);
  assertEquals(lacks(madeUp("a + b.", example, "Sums")), ["one category of the list"]);
  for (const bad of ["add(1, 2)", example.replace("deepEqual(", "console.log("), "```ts\n```"]) {
    assertEquals(lacks(madeUp("a + b.", bad, "Values")), ["an assertion in an example"]);
  }
});

Deno.test("a member without documentation is noticed, but for a setter beside its getter", () => {
  const jsDoc = { doc: "The learning rate." };
  const methods = [{ name: "lr", jsDoc }, { name: "lr" }, { name: "step" }];
  const declarations = [{ kind: "class", def: { methods } }];
  assertEquals(bareMembers({ name: "Made", declarations }), ["Made.step"]);
});
