// @ts-check
/** @import { Change, Entity, EntityState, Frame, FrameState, Item, Span, Status, Txn, Value } from "./types.d.ts" */
/** @import { Model } from "./model.js" */
/* What each act changes: pure functions from the model to changes, ready to be applied, sent and undone. */

import { advance, graphemeEdge } from "../offsets.js";
import { overlap, spanOf, stateOf } from "./model.js";

/** @param {number} bytes */
const hex = (bytes) => Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Return a version 4 UUID, also on plain http, where crypto.randomUUID is absent. */
export function uuid() {
  const raw = hex(16);
  const variant = ((parseInt(raw.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${raw.slice(0, 8)}-${raw.slice(8, 12)}-4${raw.slice(13, 16)}-${variant}${raw.slice(18, 20)}-${raw.slice(20)}`;
}

/** @param {Item["kind"]} kind */
export const newId = (kind) => `${kind[0]}-${hex(4)}`;

/**
 * Change some of an object's state.
 * @param {Item} item @param {Partial<EntityState & FrameState>} patch
 * @returns {Change}
 */
export function change(item, patch) {
  const before = stateOf(item);
  return { kind: item.kind, id: item.id, before, after: /** @type {typeof before} */ ({ ...before, ...patch }) };
}

/** @param {Item[]} items @param {Status} status */
export const decide = (items, status) => items.map((item) => change(item, { status }));

/** @param {Entity} entity @param {string} label */
export const relabel = (entity, label) => [change(entity, { label, status: "accepted" })];

/**
 * Move an entity's edges by whole tokens; null where that would empty it or leave its paragraph.
 * @param {Model} model @param {Entity} entity @param {number} start @param {number} end
 */
export function edges(model, entity, start, end) {
  const [first, last] = entity.span;
  const { first: low, last: high } = model.text.paragraph(model.paragraphOf(entity));
  const span = /** @type {Span} */ ([Math.max(low, first + start), Math.min(high, last + end)]);
  if (span[0] >= span[1] || (span[0] === first && span[1] === last && entity.span.length === 2)) return null;
  return [change(entity, { span, status: "accepted" })];
}

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
  const span = a < b ? model.text.between({ p, unit: a }, { p, unit: b }, true) : null;
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

/**
 * Return the changes that take an act back; what it added is marked rejected, for nothing is deleted.
 * @param {Model} model @param {Txn} txn @param {"undo" | "redo"} way
 */
export function reversed(model, txn, way) {
  return txn.changes.flatMap((each) => {
    const item = model.items.get(each.id);
    if (!item) return [];
    const after = way === "redo" ? each.after : (each.before ?? { ...each.after, status: /** @type {const} */ ("rejected") });
    return [{ kind: each.kind, id: each.id, before: stateOf(item), after }];
  });
}

/** List the undecided objects of a paragraph. @param {Model} model @param {number} p @returns {Item[]} */
export const waiting = (model, p) => (model.inParagraph[p] ?? []).filter((item) => item.status === "suggested" && model.paragraphOf(item) === p);

/** List the spans that overlap an object's, from the innermost out. @param {Model} model @param {Item} item */
export function stack(model, item) {
  const here = spanOf(item);
  const near = (model.inParagraph[model.paragraphOf(item)] ?? []).filter((other) => model.shown(other) && overlap(spanOf(other), here));
  return near.sort((x, y) => spanOf(x)[1] - spanOf(x)[0] - (spanOf(y)[1] - spanOf(y)[0]) || (x.id < y.id ? -1 : 1));
}
