// @ts-check
/** @import { Item } from "./types.d.ts" */
/** @import { Model } from "./model.js" */
/* Where the longer jumps lead, which nobody makes before the whole desk is there. */

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
