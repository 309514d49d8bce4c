import { assertEquals, assertStringIncludes, assertThrows } from "../support/assert.ts";
import { parts, readOptions } from "./options.ts";

Deno.test("without arguments everything is measured, with the Python of the environment", () => {
  const options = readOptions([], "/opt/python");
  assertEquals(options, {
    parts,
    rounds: 9,
    python: "/opt/python",
    clock: "wall",
    json: false,
    only: "",
    save: false,
  });
  assertEquals(readOptions([], undefined).python, "python3");
});

Deno.test("parts, rounds, Python and the form of the report can be chosen", () => {
  const args = [
    "nodes",
    "W2",
    "--rounds",
    "15",
    "--python",
    "p",
    "--json",
    "--clock",
    "cpu",
    "--only",
    "JAX",
  ];
  const options = readOptions(args, "/opt/python");
  assertEquals(options, {
    parts: ["W2", "nodes"],
    rounds: 15,
    python: "p",
    clock: "cpu",
    json: true,
    only: "JAX",
    save: false,
  });
});

Deno.test("an unknown part, an unknown option and a wrong number are refused by name", () => {
  const message = (...args: string[]) =>
    assertThrows(() => readOptions(args, undefined), Error).message;
  assertStringIncludes(
    message("W9"),
    "W1, W2, D1, D2, G1, G32, compile, nodes, fit, batches, got W9",
  );
  assertStringIncludes(message("--rounds", "0"), "--rounds must be a whole number from 1, got 0");
  assertStringIncludes(message("--fast"), "--fast");
  assertStringIncludes(
    message("--save", "W2"),
    "--save stores all that there is to measure, got only W2",
  );
  assertEquals(readOptions(["--save"], undefined).save, true);
});
