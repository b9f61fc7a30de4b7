// @ts-check
/** @import { Item } from "./types.d.ts" */
/** @import { Model } from "./model.js" */
/* Where the cursor goes: pure questions to the model. */

import { spanOf } from "./model.js";

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

/**
 * Return the first object of the next paragraph that has one, or null.
 * @param {Model} model @param {Item | null} from @param {1 | -1} way
 */
export function paragraph(model, from, way) {
  let p = from ? model.paragraphOf(from) : -1;
  for (p += way; p >= 0 && p < model.inParagraph.length; p += way) {
    const found = (model.inParagraph[p] ?? []).find((item) => model.shown(item) && model.paragraphOf(item) === p);
    if (found) return found;
  }
  return null;
}

/** Return the undecided object that the suggester was least sure of. @param {Model} model @param {Item | null} but */
export function leastCertain(model, but) {
  /** @type {Item | null} */
  let found = null;
  for (const item of model.order) {
    if (item.status !== "suggested" || item === but) continue;
    if (!found || (item.score ?? 1) < (found.score ?? 1)) found = item;
  }
  return found;
}

/** Return the object whose start is nearest to a token. @param {Model} model @param {number} token */
export function nearest(model, token) {
  /** @type {Item | null} */
  let found = null;
  for (const item of model.order) {
    if (!model.shown(item)) continue;
    if (!found || Math.abs(spanOf(item)[0] - token) < Math.abs(spanOf(found)[0] - token)) found = item;
  }
  return found;
}
