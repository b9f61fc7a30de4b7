// @ts-check
/** @import { Frame, Scheme, Slot, Value, When } from "./types.d.ts" */
/* What the scheme asks of frames: compulsory slots, and slots that only count sometimes. */

import { slotsOf } from "./model.js";

/** @param {When} rule @param {Record<string, Value>} slots */
const holds = (rule, slots) => rule.among.includes(String(slots[rule.slot] ?? ""));

/** Say whether a frame with these values must fill the slot. @param {Slot} slot @param {Record<string, Value>} slots */
export const wanted = (slot, slots) => (typeof slot.required === "boolean" ? slot.required : holds(slot.required, slots));

/** Say whether the slot may hold a value at all. @param {Slot} slot @param {Record<string, Value>} slots */
export const allowed = (slot, slots) => !slot.only || holds(slot.only, slots);

/** Say whether a slot is filled. @param {Value | undefined} value */
export const filled = (value) => value !== null && value !== undefined && value !== "" && value !== false;

/** List the compulsory slots that are still empty. @param {Scheme} scheme @param {Frame} frame @returns {Slot[]} */
export const missing = (scheme, frame) =>
  slotsOf(scheme, frame.kind).filter((slot) => wanted(slot, frame.slots) && !filled(frame.slots[slot.name]));
