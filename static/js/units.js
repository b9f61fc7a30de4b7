// @ts-check
/** @import { Span } from "./desk/types.d.ts" */
/** @import { Text } from "./offsets.js" */
/* The way back: from units that the browser counts to code points and tokens. */

import { isLow, size } from "./offsets.js";

/**
 * Count the code points from one unit to another, negative when the second comes first.
 * @param {string} text @param {number} from @param {number} to
 * @returns {number}
 */
export function points(text, from, to) {
  if (to < from) return -points(text, to, from);
  let count = 0;
  for (let at = from; at < to; at += size(text, at)) count++;
  return count;
}

/**
 * Return the nearest edge of a user-perceived character, so that no flag or accent is cut.
 * @param {string} text @param {number} unit @param {boolean} end
 */
export function graphemeEdge(text, unit, end) {
  if (unit <= 0 || unit >= text.length) return Math.min(Math.max(unit, 0), text.length);
  if (typeof Intl.Segmenter === "undefined") return isLow(text, unit) ? unit + (end ? 1 : -1) : unit;
  const found = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text).containing(unit);
  if (!found || found.index === unit) return unit;
  return end ? found.index + found.segment.length : found.index;
}

/**
 * Return the span between two places, widened to whole tokens unless exact.
 * @param {Text} text @param {{ p: number, unit: number }} from @param {{ p: number, unit: number }} to @param {boolean} [exact]
 * @returns {Span | null}
 */
export function between(text, from, to, exact = false) {
  const head = text.paragraph(from.p);
  const tail = text.paragraph(to.p);
  const start = head.first + head.ends.findIndex((end) => end > from.unit);
  const end = tail.first + tail.starts.findLastIndex((begin) => begin < to.unit) + 1;
  if (start < head.first || start >= end) return null;
  if (!exact) return [start, end];
  const a = graphemeEdge(head.text, from.unit, false);
  const b = graphemeEdge(tail.text, to.unit, true);
  const ds = points(head.text, head.starts[start - head.first] ?? 0, a);
  const de = points(tail.text, tail.ends[end - 1 - tail.first] ?? 0, b);
  return ds || de ? [start, end, Math.max(0, ds), Math.min(0, de)] : [start, end];
}

/**
 * Return what stands before and after a span in its paragraph, a few words each.
 * @param {Text} text @param {Span} span @param {number} [room]
 */
export function around(text, span, room = 36) {
  const pieces = text.pieces(span);
  const head = /** @type {{ p: number, a: number, b: number }} */ (pieces[0]);
  const tail = /** @type {{ p: number, a: number, b: number }} */ (pieces.at(-1));
  const before = text.paragraph(head.p).text.slice(Math.max(0, head.a - room), head.a);
  const after = text.paragraph(tail.p).text.slice(tail.b, tail.b + room);
  return { before: head.a > room ? `…${before.replace(/^\S*\s/, "")}` : before, after: after.replace(/\s\S*$/, "…") };
}

/**
 * Count the units from the start of a paragraph's element to a place in it.
 * @param {Element} element @param {Node} node @param {number} offset
 */
export function unitAt(element, node, offset) {
  const range = document.createRange();
  range.setStart(element, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}
