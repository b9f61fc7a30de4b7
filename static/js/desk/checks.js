// @ts-check
/** @import { Entity, Frame, Item } from "./types.d.ts" */
/** @import { Model } from "./model.js" */
/* Live consistency help: what looks wrong in what was accepted. Pure questions; nothing is forced. */

import { between } from "../units.js";
import { isSpan } from "./model.js";
import { stray, unpaired } from "./pairs.js";
import { filled, missing } from "./rules.js";

/** @typedef {{ key: string, item: Item, sentence: string }} Finding */

const EDGE = /^[\s.,;:!?"'“”‘’()[\]–—-]|[\s,;:!?"“”‘(–—-]$/;

/** List what deserves a second look, in text order. @param {Model} model @returns {Finding[]} */
export function findings(model) {
  /** @type {Finding[]} */
  const found = [];
  /** @type {Map<string, Map<string, Entity>>} */
  const labels = new Map();
  for (const item of model.order) {
    if (item.status !== "accepted") continue;
    if (item.kind === "entity") found.push(...ofEntity(model, item, labels));
    else found.push(...ofFrame(model, item));
  }
  found.push(...repeats(model, labels));
  const place = new Map(model.order.map((item, i) => [item, i]));
  return found.sort((x, y) => (place.get(x.item) ?? 0) - (place.get(y.item) ?? 0));
}

/** @param {Model} model @param {Entity} entity @param {Map<string, Map<string, Entity>>} labels */
function* ofEntity(model, entity, labels) {
  const quote = model.quote(entity);
  if (EDGE.test(quote)) yield { key: `edge ${entity.id} ${quote}`, item: entity, sentence: `“${quote}” begins or ends with a sign or a space.` };
  const known = labels.get(quote) ?? new Map();
  labels.set(quote, known);
  const other = [...known.keys()].find((label) => label !== entity.label);
  if (other && !known.has(entity.label)) {
    yield { key: `label ${quote} ${entity.label} ${other}`, item: entity, sentence: `“${quote}” is ${entity.label} here and ${other} elsewhere.` };
  }
  if (!known.has(entity.label)) known.set(entity.label, entity);
}

/** @param {Model} model @param {Frame} frame */
function* ofFrame(model, frame) {
  const name = frame.kind === "stance" ? "This stance" : "This commitment";
  for (const slot of missing(model.scheme, frame)) yield { key: `lack ${frame.id} ${slot.name}`, item: frame, sentence: `${name} lacks its ${slot.title.toLowerCase()}.` };
  for (const slot of stray(model.scheme, frame)) {
    yield { key: `stray ${frame.id} ${slot.name}`, item: frame, sentence: `${slot.title} is only given while ${slot.only?.slot} is ${slot.only?.among.join(" or ")}.` };
  }
  const { holder, target, target_actor: actor } = frame.slots;
  if (filled(holder) && (holder === actor || target === `actor:${holder}`)) yield { key: `self ${frame.id}`, item: frame, sentence: `${holder} is holder and target at once.` };
  if (unpaired(model, frame)) yield { key: `pair ${frame.id}`, item: frame, sentence: "The words of this commitment also tell a stance, which is not there." };
  const { evidence, condition } = frame.slots;
  if (isSpan(condition) && isSpan(evidence) && model.text.paragraphOf(condition[0]) !== model.text.paragraphOf(evidence[0])) {
    yield { key: `far ${frame.id}`, item: frame, sentence: "The condition stands in another paragraph than the evidence." };
  }
}

/** Find names of several words that stand somewhere unlabelled. @param {Model} model @param {Map<string, Map<string, Entity>>} labels */
function* repeats(model, labels) {
  for (const [quote, known] of labels) {
    const entity = [...known.values()][0];
    if (!entity || !/^\p{Lu}/u.test(quote) || quote.length < 3) continue;
    for (const [p, { text }] of model.text.paragraphs.entries()) {
      for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + quote.length)) {
        const span = between(model.text, { p, unit: at }, { p, unit: at + quote.length });
        if (!span || model.text.quote(span) !== quote) continue;
        const covered = (model.inParagraph[p] ?? []).some((item) => item.kind === "entity" && item.span[0] < span[1] && span[0] < item.span[1]);
        if (!covered) yield { key: `bare ${quote} ${span[0]}`, item: entity, sentence: `“${quote}” is ${entity.label} here, but bare in paragraph ${p + 1}.` };
      }
    }
  }
}
