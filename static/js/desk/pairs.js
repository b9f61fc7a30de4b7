// @ts-check
/** @import { Frame, Scheme, Slot, Span, Value } from "./types.d.ts" */
/** @import { Model } from "./model.js" */
/* The rest of the scheme's rules for frames: what may not be there, words for values, the dual rule. */

import { isSpan, overlap, slotsOf } from "./model.js";
import { allowed, filled } from "./rules.js";

/** List the slots that hold a value although their rule does not hold. @param {Scheme} scheme @param {Frame} frame */
export const stray = (scheme, frame) =>
  slotsOf(scheme, frame.kind).filter((slot) => filled(frame.slots[slot.name]) && !allowed(slot, frame.slots));

/**
 * Return the words for a value as a person reads them.
 * @param {Model} model @param {Slot} slot @param {Value | undefined} value
 */
export function words(model, slot, value) {
  if (isSpan(value)) return model.text.quote(value);
  if (value === true) return "yes";
  if (value === false || value === null || value === undefined) return "";
  return slot.choices.find((choice) => choice.name === value)?.title || value;
}

/**
 * Return the slots of the stance that goes with a commitment on the same evidence, or null where none does.
 * @param {Scheme} scheme @param {Frame} commitment
 * @returns {{ slots: Record<string, Value>, ids: Record<string, string | null> } | null}
 */
export function pairOf(scheme, commitment) {
  const { slots, ids } = commitment;
  const polarity = scheme.pairs.polarity[String(slots.status)];
  if (!polarity) return null;
  const target = scheme.pairs.target[String(slots.type)] ?? scheme.pairs.otherwise;
  const speaks = filled(slots.speaker);
  return {
    slots: {
      holder: (speaks ? slots.speaker : slots.actor) ?? null,
      on_behalf_of: speaks ? (slots.actor ?? null) : null,
      target,
      polarity,
      evidence: slots.evidence ?? null,
      condition: polarity === "conditional" ? (slots.condition ?? null) : null,
      attribution: slots.attribution ?? null,
      hedged: slots.hedged ?? false,
      partial: slots.partial ?? false,
    },
    ids: { holder: speaks ? null : (ids.actor ?? null) },
  };
}

/** Say whether a commitment lacks the stance that the dual rule asks for. @param {Model} model @param {Frame} commitment */
export function unpaired(model, commitment) {
  if (commitment.kind !== "commitment" || !pairOf(model.scheme, commitment)) return false;
  const evidence = /** @type {Span} */ (commitment.slots.evidence);
  return !model.frames.some(
    (frame) => frame.kind === "stance" && frame.status !== "rejected" && overlap(/** @type {Span} */ (frame.slots.evidence), evidence),
  );
}
