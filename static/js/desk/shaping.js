// @ts-check
/** @import { Change, Entity, EntityState, Frame, Item, Span, Value } from "./types.d.ts" */
/** @import { Model } from "./model.js" */
/* What the rarer acts change: adding, filling, merging, splitting, edges by characters. */

import { advance } from "../offsets.js";
import { between, graphemeEdge } from "../units.js";
import { change, hex } from "./acts.js";
import { overlap, spanOf } from "./model.js";

/** @param {Item["kind"]} kind */
const newId = (kind) => `${kind[0]}-${hex(4)}`;

/**
 * Move an entity's edges by user-perceived characters; null where that would empty it or leave its paragraph.
 * @param {Model} model @param {Entity} entity @param {number} start @param {number} end
 */
export function signs(model, entity, start, end) {
  const p = model.paragraphOf(entity);
  const { text } = model.text.paragraph(p);
  const [piece] = model.text.pieces(entity.span);
  if (!piece) return null;
  const a = graphemeEdge(text, advance(text, piece.a, start), start > 0);
  const b = graphemeEdge(text, advance(text, piece.b, end), end > 0);
  const span = a < b ? between(model.text, { p, unit: a }, { p, unit: b }, true) : null;
  return span && String(span) !== String(entity.span) ? [change(entity, { span, status: "accepted" })] : null;
}

/**
 * Add an entity. @param {Span} span @param {string} label @param {Partial<EntityState>} [more]
 * @returns {Change[]}
 */
export const addEntity = (span, label, more = {}) => [
  { kind: "entity", id: newId("entity"), before: null, after: { status: "accepted", span, label, actor: null, actor_id: null, flags: [], ...more } },
];

/**
 * Add a frame; it waits for a decision, like a proposal, until its slots are right.
 * @param {Frame["kind"]} kind @param {Record<string, Value>} slots @param {Record<string, string | null>} ids
 * @returns {Change[]}
 */
export const addFrame = (kind, slots, ids) => [{ kind, id: newId(kind), before: null, after: { status: "suggested", slots, ids } }];

/**
 * Fill a slot of a frame.
 * @param {Frame} frame @param {string} slot @param {Value} value @param {string | null} [id]
 */
export function fill(frame, slot, value, id = null) {
  const ids = slot in frame.ids || id ? { ...frame.ids, [slot]: id } : frame.ids;
  return [change(frame, { slots: { ...frame.slots, [slot]: value }, ids })];
}

/** Merge an entity with the next one that overlaps or adjoins it under the same label. @param {Model} model @param {Entity} entity */
export function merge(model, entity) {
  const [start, end] = entity.span;
  const next = model.entities.find(
    (other) => other !== entity && other.status !== "rejected" && other.label === entity.label
      && other.span[0] >= start && other.span[0] <= end && model.paragraphOf(other) === model.paragraphOf(entity),
  );
  if (!next) return null;
  const span = /** @type {Span} */ ([start, Math.max(end, next.span[1])]);
  return [change(entity, { span, status: "accepted" }), change(next, { status: "rejected" })];
}

/** Split an entity before a token. @param {Entity} entity @param {number} at */
export function split(entity, at) {
  const [start, end] = entity.span;
  if (at <= start || at >= end) return null;
  const { label, actor, actor_id } = entity;
  return [change(entity, { span: [start, at], status: "accepted" }), ...addEntity([at, end], label, { actor, actor_id })];
}

/** List the spans that overlap an object's, from the innermost out. @param {Model} model @param {Item} item */
export function stack(model, item) {
  const here = spanOf(item);
  const near = (model.inParagraph[model.paragraphOf(item)] ?? []).filter((other) => model.shown(other) && overlap(spanOf(other), here));
  return near.sort((x, y) => spanOf(x)[1] - spanOf(x)[0] - (spanOf(y)[1] - spanOf(y)[0]) || (x.id < y.id ? -1 : 1));
}
