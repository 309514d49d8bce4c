import { assertStrictEquals } from "../../support/assert.ts";
import { display, inspect } from "../../../mod.ts";

Deno.test("the hooks have the names that Deno's kernel and the consoles of Deno, Node and Bun look for", () => {
  assertStrictEquals<symbol>(display, Symbol.for("Jupyter.display"));
  assertStrictEquals<symbol>(inspect, Symbol.for("nodejs.util.inspect.custom"));
});
