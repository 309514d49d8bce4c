import { assert, assertEquals } from "../../support/assert.ts";
import { explain, math, Value } from "../../../mod.ts";
import { inBrowser, withDisplay } from "../../support/browser.ts";

const labelled = (data: number, label: string) => new Value(data, { label });

Deno.test(
  "in a page a script sets it in type, and its picture is there",
  inBrowser,
  async () => {
    const [a, b] = [labelled(2, "a"), labelled(-3, "<img src=x onerror=alert(1)>")];
    const why = explain(a, math`(${a} * ${b} + 10) * ${a}`);
    await withDisplay(why, "dark", async (page) => {
      assertEquals(await page.locator("math").count(), why.count + 1);
      const image = page.locator("img");
      assert(await image.evaluate((img) => Number(Reflect.get(img, "naturalWidth"))) > 100);
    });
  },
);
