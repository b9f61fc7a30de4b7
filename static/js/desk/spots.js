// @ts-check
/** @import { ArticleView } from "./article.js" */
/* From the screen to the text: which place of which paragraph is meant. */

import { unitAt } from "../units.js";

/** Return the place in the text under a point. @param {ArticleView} view @param {number} x @param {number} y */
export function placeAt(view, x, y) {
  if (document.caretPositionFromPoint) {
    const found = document.caretPositionFromPoint(x, y);
    return found ? place(view, found.offsetNode, found.offset) : null;
  }
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? place(view, range.startContainer, range.startOffset) : null;
}

/** Return the place in the text of a place in the page. @param {ArticleView} view @param {Node} node @param {number} offset */
export function place(view, node, offset) {
  const element = node instanceof Element ? node : node.parentElement;
  const block = /** @type {HTMLElement | null | undefined} */ (element?.closest("[data-p]"));
  if (!block || !view.root.contains(block)) return null;
  return { p: Number(block.dataset.p), unit: unitAt(block, node, offset) };
}
