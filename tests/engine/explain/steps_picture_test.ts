import { assertEquals, assertMatch } from "../../support/assert.ts";
import { steps } from "../../../mod.ts";
import { layOutSteps, renderStep } from "../../../engine/explain/steps_picture.ts";
import { count } from "../../support/pictures.ts";
import { example } from "../../support/examples.ts";

Deno.test("all steps share one picture, with boxes that are wide enough for each", async () => {
  const { graph, frames } = await layOutSteps(steps(example().L));
  for (const { data, grad } of frames) {
    graph.boxes.forEach(({ width, rows }, i) => {
      assertEquals(rows.length, 3);
      const longest = Math.max((data[i] ?? "").length, grad[i].length);
      assertEquals(longest * 12 * .603 < width, true);
    });
  }
});

Deno.test("a step's picture carries positions for a script, or the marks of the step", async () => {
  const film = steps(example().L);
  const { graph, frames } = await layOutSteps(film);
  const forScripts = renderStep(graph, frames[0], "positions");
  assertEquals(forScripts.match(/data-node="\d+"/g)!.length, graph.boxes.length);
  assertEquals(forScripts.match(/data-edge="\d+"/g)!.length, graph.edges.length);
  frames.forEach((frame, k) => {
    const still = renderStep(graph, frame, "classes");
    assertEquals(still.match(/class="lit"/g)?.length ?? 0, film.frames[k].operands.length);
    assertEquals(still.match(/class="turn"/g)?.length ?? 0, film.frames[k].node ? 1 : 0);
    assertEquals(count(still, "title"), 1);
  });
  assertMatch(renderStep(graph, frames[0], "classes"), /data \?/);
});
