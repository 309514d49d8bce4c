import { topologicalOrder } from "../backward.ts";
import { draw } from "./draw.ts";
import type { MimeBundle } from "../show/jupyter.ts";
import { orText } from "../show/packages.ts";
import { renderPicture } from "../show/picture.ts";
import type { Value } from "../value.ts";

const readable = 40;

/**
 * The graph of a Value: as it is if it is small, folded if it was made in parts, else cut.
 *
 * @param steady whether there is room for any number, for one picture of several.
 */
export async function renderValue(value: Value, steady = false): Promise<MimeBundle> {
  const text = value.toString();
  return await orText(text, async () => {
    const order = topologicalOrder(value);
    if (order.length <= readable || order.every(({ scope }) => scope === null)) {
      const drawing = draw(value, { limit: readable });
      return renderPicture(await (steady ? drawing.steady() : drawing).svg(), text);
    }
    const { renderFolded } = await import("./fold_view.ts");
    return await renderFolded(value);
  });
}
