// @ts-check
/** @import { ActorHit, Entity, Frame, Slot, Span, Value } from "./types.d.ts" */
/** @import { Desk } from "./desk.js" */
/** @import { Option } from "./combo.js" */
/* The fields of a frame card, one for each kind of slot. */

import { fill } from "./shaping.js";
import { combo } from "./combo.js";
import { h } from "./dom.js";
import { isSpan, spanOf } from "./model.js";
import { words } from "./pairs.js";
import { allowed, wanted } from "./rules.js";

/**
 * List who can be named here: this sentence first, then the nearest before, then the rest of the article.
 * @param {Desk} desk @param {Span} near
 * @returns {Option[]}
 */
export function candidates(desk, near) {
  const { model } = desk;
  const sentence = model.text.sentences[model.text.sentenceOf(near[0])] ?? [0, 0];
  /** @param {Entity} entity */
  const distance = (entity) => {
    const [start] = entity.span;
    if (start >= sentence[0] && start < sentence[1]) return start - sentence[0];
    return start < sentence[0] ? 1000 + sentence[0] - start : 100000 + start;
  };
  /** @type {Map<string, Option>} */
  const found = new Map();
  for (const entity of model.entities.filter((each) => each.status !== "rejected" && each.actor).sort((x, y) => distance(x) - distance(y))) {
    const name = entity.actor ?? "";
    const quote = model.quote(entity);
    if (!found.has(name)) found.set(name, { value: name, title: name, id: entity.actor_id, note: quote === name ? "" : `“${quote}”` });
  }
  return [...found.values()].slice(0, 20);
}

/** Ask the registry who is called so. @param {Desk} desk @returns {(query: string) => Promise<Option[]>} */
export const registry = (desk) => async (query) => {
  try {
    const answer = await fetch(`${desk.data.urls.actors}?q=${encodeURIComponent(query)}`, { headers: { accept: "application/json" } });
    if (!answer.ok) return [];
    const { actors } = /** @type {{ actors: ActorHit[] }} */ (await answer.json());
    return actors.map(({ name, id, kind }) => ({ value: name, title: name, id, note: kind ?? "" }));
  } catch {
    return [];
  }
};

/** Return the words for a slot's name with its key underlined. @param {Slot} slot */
function title(slot) {
  const at = slot.key ? slot.title.toLowerCase().indexOf(slot.key) : -1;
  if (!slot.key) return [slot.title];
  if (at < 0) return [`${slot.title} `, h("u", { class: "slot-key" }, slot.key)];
  return [slot.title.slice(0, at), h("u", { class: "slot-key" }, slot.title.slice(at, at + 1)), slot.title.slice(at + 1)];
}

/**
 * Return the row of a slot in a card.
 * @param {Desk} desk @param {Frame} frame @param {Slot} slot @param {() => void} back where the focus goes after a choice by key
 */
export function row(desk, frame, slot, back) {
  const value = frame.slots[slot.name] ?? null;
  const name = `${frame.id}-${slot.name}`;
  const empty = wanted(slot, frame.slots) && (value === null || value === "");
  const wrong = value !== null && value !== false && !allowed(slot, frame.slots);
  /** @param {Value} next @param {string | null} [id] */
  const set = (next, id = null) => {
    desk.commit("edit", fill(frame, slot.name, next, id));
    desk.say(`${slot.title}: ${words(desk.model, slot, next) || "none"}. Z undoes.`);
    back();
  };
  const field = h("div", { class: `slot slot-${slot.kind}${empty ? " lacking" : ""}`, "data-slot": slot.name }, h("label", { for: name }, ...title(slot)));
  if (slot.rule) field.title = slot.rule;
  field.append(control(desk, frame, slot, name, empty, set, back));
  if (empty) field.append(h("p", { class: "lack" }, "still missing"));
  if (wrong) field.append(h("p", { class: "lack" }, `only while ${slot.only?.slot} is ${slot.only?.among.join(" or ")}`));
  return field;
}

/**
 * @param {Desk} desk @param {Frame} frame @param {Slot} slot @param {string} name @param {boolean} empty
 * @param {(next: Value, id?: string | null) => void} set @param {() => void} back
 */
function control(desk, frame, slot, name, empty, set, back) {
  const value = frame.slots[slot.name] ?? null;
  const shown = isSpan(value) ? "" : words(desk.model, slot, value);
  if (desk.readonly) return h("output", { id: name }, isSpan(value) ? `“${desk.model.text.quote(value)}”` : shown || "—");
  if (slot.kind === "span") return spanField(desk, frame, slot, name, value, set);
  if (slot.kind === "flag") {
    const box = h("input", { type: "checkbox", id: name, on: { change: () => set(box.checked) } });
    box.checked = value === true;
    return box;
  }
  if (slot.kind === "text") {
    const input = h("input", { class: "input", id: name, autocomplete: "off", on: { change: () => set(input.value.trim() || null) } });
    input.value = shown;
    return input;
  }
  const actors = slot.kind === "actor";
  const prefix = slot.open_prefix ?? "";
  const choices = () => slot.choices.map(({ name: choice, title: words, key, rule }) => ({ value: choice, title: words || choice, note: rule, key }));
  const open = () => candidates(desk, spanOf(frame)).map((option) => ({ ...option, value: prefix + option.value, title: prefix + option.title }));
  return combo({
    name, label: slot.title, shown, invalid: empty, leave: back, free: actors,
    options: actors ? () => candidates(desk, spanOf(frame)) : prefix ? () => [...choices(), ...open()] : choices,
    ...(actors ? { more: registry(desk) } : {}),
    take: (option) => set(option?.value ?? null, option?.id ?? null),
  });
}

/**
 * @param {Desk} desk @param {Frame} frame @param {Slot} slot @param {string} name @param {Value} value
 * @param {(next: Value) => void} set
 */
function spanField(desk, frame, slot, name, value, set) {
  const picking = desk.picking?.frame === frame.id && desk.picking.slot.name === slot.name;
  const quote = isSpan(value) ? `“${desk.model.text.quote(value)}”` : picking ? "choose the words in the text…" : "not given";
  const button = h("button", {
    type: "button", id: name, class: "quote", "aria-pressed": String(picking),
    on: { click: () => desk.pick(picking ? null : frame, slot) },
  }, quote);
  const clear = isSpan(value) && slot.name !== "evidence"
    && h("button", { type: "button", class: "button quiet compact", "aria-label": `Clear ${slot.title}`, on: { click: () => set(null) } }, "✕");
  return h("div", { class: "span-field" }, button, clear);
}
