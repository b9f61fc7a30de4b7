// @ts-check
/** @import { Frame, Span, Value } from "./types.d.ts" */
/** @import { Model } from "./model.js" */
/* What a new stance or commitment starts from, so that the act is checking rather than filling in. */

import { isSpan, slotsOf, spanOf } from "./model.js";
import { pairOf } from "./pairs.js";
import { allowed } from "./rules.js";
import { candidates } from "./slots.js";

/** @import { Desk } from "./desk.js" */

const LABELS = { amount: "MONEY", quantity: "QUANTITY", timeframe: "DATE" };
const MAIN = { stance: "holder", commitment: "actor" };

/**
 * Return the slots of a new frame from the sentence under the cursor, or from the commitment there.
 * @param {Desk} desk @param {Frame["kind"]} kind @param {Span} span
 * @returns {{ slots: Record<string, Value>, ids: Record<string, string | null> }}
 */
export function prefill(desk, kind, span) {
  const { model, here } = desk;
  const pair = kind === "stance" && here?.kind === "commitment" ? pairOf(model.scheme, here) : null;
  const known = new Set(slotsOf(model.scheme, kind).map((slot) => slot.name));
  if (pair) return { slots: Object.fromEntries(Object.entries(pair.slots).filter(([name]) => known.has(name))), ids: pair.ids };
  const sentence = model.text.sentences[model.text.sentenceOf(span[0])] ?? [span[0], span[1]];
  const evidence = desk.chosen ?? /** @type {Span} */ ([...sentence]);
  const main = MAIN[kind];
  const named = new Set(model.entities.filter((each) => each.span[0] >= sentence[0] && each.span[1] <= sentence[1]).map((each) => each.actor));
  const who = candidates(desk, evidence).find((option) => named.has(option.value));
  /** @type {Record<string, Value>} */
  const slots = { evidence, [main]: who?.value ?? null };
  for (const slot of slotsOf(model.scheme, kind)) {
    if (slot.kind === "span" && allowed(slot, slots)) slots[slot.name] ??= found(model, slot.name, evidence);
  }
  return { slots, ids: { [main]: who?.id ?? null } };
}

/** @param {Model} model @param {string} slot @param {Span} within @returns {Span | null} */
function found(model, slot, within) {
  const label = LABELS[/** @type {keyof typeof LABELS} */ (slot)];
  const entity = model.entities.find((each) => each.label === label && each.status !== "rejected" && each.span[0] >= within[0] && each.span[1] <= within[1]);
  return entity ? entity.span : null;
}

/**
 * Return the evidence widened or narrowed by a sentence, within its paragraph; null where it cannot be.
 * @param {Model} model @param {Frame} frame @param {1 | -1} way
 * @returns {Span | null}
 */
export function bySentence(model, frame, way) {
  const evidence = frame.slots.evidence;
  if (!isSpan(evidence)) return null;
  const { sentences } = model.text;
  const [start, end] = evidence;
  const first = sentences[model.text.sentenceOf(start)] ?? [start, end];
  const last = model.text.sentenceOf(end - 1);
  const [, lastEnd] = sentences[last] ?? [start, end];
  if (way > 0) {
    if (start > first[0] || end < lastEnd) return [first[0], lastEnd];
    const next = sentences[last + 1];
    return next && model.text.paragraphOf(next[0]) === model.paragraphOf(frame) ? [start, next[1]] : null;
  }
  const [lastStart] = sentences[last] ?? [start];
  return lastStart > start ? [start, sentences[last - 1]?.[1] ?? end] : null;
}

/** Return the place of a new frame: the words that were chosen or the cursor's. @param {Desk} desk */
export const place = (desk) => desk.chosen ?? (desk.here ? spanOf(desk.here) : null);
