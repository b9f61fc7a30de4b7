// @ts-check
/** @import { Item } from "./types.d.ts" */
/** @import { Model } from "./model.js" */
/* Where the cursor goes: pure questions to the model. */

/**
 * Return the first object from a place onward, around the end if need be, that passes; or null.
 * @param {Model} model @param {Item | null} from @param {1 | -1} way @param {(item: Item) => boolean} passes
 */
export function seek(model, from, way, passes) {
  const { order } = model;
  const start = from ? order.indexOf(from) : way > 0 ? -1 : order.length;
  for (let step = 1; step <= order.length; step++) {
    const item = /** @type {Item} */ (order[(((start + way * step) % order.length) + order.length) % order.length]);
    if (item !== from && passes(item)) return item;
  }
  return null;
}

/** @param {Model} model @param {Item | null} from @param {1 | -1} [way] */
export const undecided = (model, from, way = 1) => seek(model, from, way, (item) => item.status === "suggested");

/**
 * Return the neighbour in text order, or null at either end.
 * @param {Model} model @param {Item | null} from @param {1 | -1} way
 */
export function neighbour(model, from, way) {
  const { order } = model;
  const start = from ? order.indexOf(from) : way > 0 ? -1 : order.length;
  for (let at = start + way; at >= 0 && at < order.length; at += way) {
    const item = /** @type {Item} */ (order[at]);
    if (model.shown(item)) return item;
  }
  return null;
}
