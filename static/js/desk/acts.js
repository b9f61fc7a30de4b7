// @ts-check
/** @import { Change, Entity, EntityState, FrameState, Item, Status } from "./types.d.ts" */
/** @import { Model } from "./model.js" */
/* What each act changes: pure functions from the model to changes, ready to be applied, sent and undone. */

import { stateOf } from "./model.js";

/** @param {number} bytes */
export const hex = (bytes) => Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Return a version 4 UUID, also on plain http, where crypto.randomUUID is absent. */
export function uuid() {
  const raw = hex(16);
  const variant = ((parseInt(raw.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${raw.slice(0, 8)}-${raw.slice(8, 12)}-4${raw.slice(13, 16)}-${variant}${raw.slice(18, 20)}-${raw.slice(20)}`;
}

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

/** List the undecided objects of a paragraph. @param {Model} model @param {number} p @returns {Item[]} */
export const waiting = (model, p) => (model.inParagraph[p] ?? []).filter((item) => item.status === "suggested" && model.paragraphOf(item) === p);
