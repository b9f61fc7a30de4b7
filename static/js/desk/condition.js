// @ts-check
/** @import { Frame, Span } from "./types.d.ts" */
/** @import { Bench } from "./bench.js" */
/** @import { Model } from "./model.js" */
/* The condition that a sentence states: found by its first words, taken or dropped by one key. */

import { between } from "../units.js";
import { change } from "./acts.js";
import { isSpan, slotsOf, spanOf } from "./model.js";

const OPENS = /(?<![\p{L}\p{N}])(?:(?:only |but only |except )?if|unless|provided(?: that)?|providing(?: that)?|once|(?:as|so) long as|on (?:the )?condition(?: that)?|subject to|assuming(?: that)?|pending|until)(?![\p{L}\p{N}])/iu;
const ENDS = /[,;:.!?—)”"]|\s[–-]\s/u;

/**
 * Return where the first condition of a sentence stands, as units; null where it states none.
 * @param {string} sentence @returns {[number, number] | null}
 */
export function clause(sentence) {
  const opening = OPENS.exec(sentence);
  if (!opening) return null;
  const head = opening.index + opening[0].length;
  const end = ENDS.exec(sentence.slice(head));
  const last = end ? head + end.index : sentence.length;
  return sentence.slice(head, last).trim() ? [opening.index, last] : null;
}

/** Return the condition in the sentence of a frame's evidence. @param {Model} model @param {Frame} frame @returns {Span | null} */
export function found({ text }, frame) {
  const [start] = spanOf(frame);
  const [piece] = text.pieces(text.sentences[text.sentenceOf(start)] ?? spanOf(frame));
  const place = piece && clause(text.paragraph(piece.p).text.slice(piece.a, piece.b));
  return place ? between(text, { p: piece.p, unit: piece.a + place[0] }, { p: piece.p, unit: piece.a + place[1] }) : null;
}

/** Take the condition of the sentence into the frame under the cursor, or drop the one that is there. @param {Bench} bench */
export function toggle({ desk }) {
  const { here, model } = desk;
  if (!here || here.kind === "entity") return;
  const slot = slotsOf(model.scheme, here.kind).find(({ name }) => name === "condition");
  const drop = isSpan(here.slots.condition);
  const span = drop ? null : found(model, here);
  if (!slot) return desk.say("The scheme knows no condition here.");
  if (!drop && !span) return desk.say("The sentence states no condition that could be found; C picks one in the text.");
  const slots = { ...here.slots, condition: span, ...(span && slot.only ? { [slot.only.slot]: slot.only.among[0] ?? null } : {}) };
  desk.commit("edit", [change(here, { slots })]);
  return desk.say(span ? `Condition: ${model.text.quote(span)}. Z undoes.` : "Condition dropped. Z undoes.");
}
