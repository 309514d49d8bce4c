import { graph, moonsStep, tutorialStep } from "./workloads.ts";

Deno.bench("the tutorial's network, one step", tutorialStep());
Deno.bench("two moons, one step", moonsStep());
for (const nodes of [1e3, 1e4, 1e5, 1e6]) {
  Deno.bench(`a graph of ${nodes.toLocaleString("en-US")} nodes`, { n: 10 }, graph(nodes));
}
