// @ts-check
/** @import { Entity, Span } from "./types.d.ts" */
/** @import { Bench } from "./bench.js" */
/** @import { Command } from "./keymap.js" */
/** @import { Model } from "./model.js" */
/* The edges of what is under the cursor, moved by whole tokens. */

import { change } from "./acts.js";
import { DECIDE } from "./commands.js";
import { target } from "./decide.js";

/**
 * Move an entity's edges by whole tokens; null where that would empty it or leave its paragraph.
 * @param {Model} model @param {Entity} entity @param {number} start @param {number} end
 */
export function tokens(model, entity, start, end) {
  const [first, last] = entity.span;
  const { first: low, last: high } = model.text.paragraph(model.paragraphOf(entity));
  const span = /** @type {Span} */ ([Math.max(low, first + start), Math.min(high, last + end)]);
  if (span[0] >= span[1] || (span[0] === first && span[1] === last && entity.span.length === 2)) return null;
  return [change(entity, { span, status: "accepted" })];
}

/** @param {Bench} bench @param {number} start @param {number} end */
function move(bench, start, end) {
  const { desk } = bench;
  const item = target(bench);
  if (item?.kind !== "entity") return;
  if (desk.commit("edges", tokens(desk.model, item, start, end))) desk.say(`${desk.describe(item)}. Z undoes.`);
  else desk.say("The edge cannot go further.");
}

/** @type {Command<Bench>[]} */
export const EDGES = [
  { id: "grow-left", name: "Grow the left edge", group: DECIDE, keys: ["[", "q"], changes: true, run: (bench) => move(bench, -1, 0) },
  { id: "grow-right", name: "Grow the right edge", group: DECIDE, keys: ["]", "e"], changes: true, run: (bench) => move(bench, 0, 1) },
  { id: "shrink-left", name: "Shrink the left edge", group: DECIDE, keys: ["{", "Q"], changes: true, run: (bench) => move(bench, 1, 0) },
  { id: "shrink-right", name: "Shrink the right edge", group: DECIDE, keys: ["}", "E"], changes: true, run: (bench) => move(bench, 0, -1) },
];
