/**
 * The door for pictures: the pieces that all drawings share.
 *
 * @module
 */
export { Charted, intervalAxis, pointMark } from "../chart/chart.ts";
export { fitsWindow } from "../chart/narrow.js";
export {
  categories,
  classColors,
  classShapes,
  colors,
  diverging,
  mix,
  pale,
  wordColors,
} from "./colors.ts";
export { frameSlider, renderFilm } from "./film.ts";
export {
  drawImage,
  drawImages,
  type FramedImage,
  imageSide,
  inkShades,
  shadesOf,
} from "./image.ts";
export { display, inspect, type MimeBundle, Shown } from "./jupyter.ts";
export { orText } from "./packages.ts";
export { imageElement, legibleWidth, renderPicture, scriptNote } from "./picture.ts";
export { encodePng, pngAddress } from "./png.ts";
export { charWidth, document, fontSize, mono, round, textAt, textWidth } from "./svg.ts";
export {
  abridged,
  asName,
  base64,
  counted,
  escape,
  formatNumber,
  percent,
  printable,
  score,
  shorten,
  thin,
} from "./text.ts";
