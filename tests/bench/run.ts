/**
 * Measures the engine: whole training steps, and the cost of a node in graphs
 * of a thousand to a million nodes. The workloads take turns, so that a slow
 * moment of the machine does not fall on one of them; medians are compared.
 *
 * @module
 */
import { Table } from "../../mod.ts";
import { graph, moonsStep, tutorialStep } from "./workloads.ts";

const sizes = [1e3, 1e4, 1e5, 1e6];
const rounds = 11;

interface Workload {
  name: string;
  run: () => void;
  repeats: number;
  nodes?: number;
}

const workloads: Workload[] = [
  { name: "tutorial's network, one step", run: tutorialStep(), repeats: 200 },
  { name: "two moons, one step", run: moonsStep(), repeats: 5 },
  ...sizes.map((nodes) => ({
    name: `graph of ${nodes.toLocaleString("en-US")} nodes`,
    run: graph(nodes),
    repeats: Math.max(1, 1e5 / nodes),
    nodes,
  })),
];

function milliseconds({ run, repeats }: Workload): number {
  const start = performance.now();
  for (let i = 0; i < repeats; i++) run();
  return (performance.now() - start) / repeats;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
}

const times = new Map(workloads.map((workload) => [workload, [] as number[]]));
workloads.forEach(milliseconds); // to warm up
for (let round = 0; round < rounds; round++) {
  for (const [workload, measured] of times) measured.push(milliseconds(workload));
}

const perNode = (workload: Workload) => 1e6 * median(times.get(workload)!) / workload.nodes!;
const smallest = workloads.find(({ nodes }) => nodes === sizes[0])!;
const { os, arch } = Deno.build;
console.log(`${new Date().toISOString().slice(0, 10)}, Deno ${Deno.version.deno}, ${os} ${arch},`);
console.log(`${navigator.hardwareConcurrency} CPUs; medians of ${rounds} interleaved rounds\n`);
console.log(
  new Table(workloads.map((workload) => ({
    workload: workload.name,
    ms: median(times.get(workload)!).toPrecision(3),
    "ns a node": workload.nodes ? perNode(workload).toFixed(0) : "",
    "of the smallest": workload.nodes ? (perNode(workload) / perNode(smallest)).toFixed(2) : "",
  }))).toString(),
);
