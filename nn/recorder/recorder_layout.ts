/**
 * Where the parts of a recorder's page are, in pixels.
 *
 * @module
 */

/** The left end of the loss curve and of the map under it. */
export const left = 46;
/** How wide both are, and how high the map is. */
export const side = 240;
/** The upper end of the loss curve. */
export const lossTop = 32;
/** How high the loss curve is. */
export const lossHeight = 96;
/** The upper end of the map. */
export const mapTop = 160;
/** The left end of the network. */
export const networkLeft = left + side + 46;
