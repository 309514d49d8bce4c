import { assertEquals, assertStrictEquals, assertThrows } from "../support/assert.ts";
import { type Scope, scope, Value } from "../../mod.ts";
import { scopes } from "../../engine/scope.ts";

/** The names of the parts that a node lies in, from the outside in. */
function path(node: Value): string[] {
  const names: string[] = [];
  for (let s: Scope | null = node.scope; s; s = s.parent) names.unshift(s.name);
  return names;
}

const x = new Value(2);

Deno.test("a node lies in the parts that were being made when it was, and a leaf in none", () => {
  const [before, leaf, after] = scope("outer", () => {
    const before = x.exp();
    const leaf = scope("inner", () => new Value(1));
    return [before, leaf, scope("other", () => x.add(leaf))];
  });
  assertEquals([before, after].map(path), [["outer"], ["outer", "other"]]);
  assertEquals(path(leaf), []);
  assertEquals([path(x), path(x.exp())], [[], []]);
});

Deno.test("what is labelled stays in its part, whether the label comes, changes or goes", () => {
  const y = scope("outer", () => x.exp());
  for (const label of ["y", "z", ""]) {
    y.label = label;
    assertEquals([y.label, ...path(y)], [label, "outer"]);
  }
  const free = x.exp();
  free.label = "free";
  assertEquals([free.label, free.scope], ["free", null]);
});

Deno.test("nodes of one call share a part, those of two calls with one name do not", () => {
  const square = () => scope("square", () => x.mul(x).add(1));
  const [a, b] = [square(), square()];
  assertStrictEquals(a.operands[0].scope, a.scope);
  assertEquals(a.scope, b.scope);
  assertEquals(a.scope === b.scope, false);
});

Deno.test("a list of parts is what as many calls of scope() make, in order", () => {
  const made = scope("layer", () => scopes([3, 4], (i) => `unit ${i + 1}`, (n) => x.mul(n)));
  assertEquals(made.map(({ data }) => data), [6, 8]);
  assertEquals(made.map(path), [["layer", "unit 1"], ["layer", "unit 2"]]);
  assertEquals(path(x.exp()), []);
});

Deno.test("a failed computation leaves no part open", () => {
  const stop = () => {
    throw new URIError("stop");
  };
  for (const fail of [() => scope("failing", stop), () => scopes([1], () => "failing", stop)]) {
    scope("outer", () => {
      assertThrows(fail, URIError);
      assertEquals(path(x.exp()), ["outer"]);
    });
  }
  assertEquals(x.exp().scope, null);
});
