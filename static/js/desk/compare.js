// @ts-check
/** @import { Item, State } from "./types.d.ts" */
/** @import { Bench } from "./bench.js" */
/** @import { Model } from "./model.js" */
/* What was proposed and what became of it, where the two differ. */

import { dialog } from "./dialogs.js";
import { h } from "./dom.js";
import { slotsOf, stateOf } from "./model.js";
import { words } from "./pairs.js";

/** @typedef {{ item: Item, was: string, is: string }} Difference */

/**
 * Say in words what an object is, its decision left out. @param {Model} model @param {Item["kind"]} kind @param {State} state
 */
function told(model, kind, state) {
  if ("span" in state) return [`${model.label(state.label).title}: “${model.text.quote(state.span)}”`, state.actor].filter(Boolean).join(", ");
  const filled = slotsOf(model.scheme, kind).flatMap((slot) => words(model, slot, state.slots[slot.name] ?? null) || []);
  return filled.join(" · ");
}

/**
 * List the proposals that were changed, in reading order. @param {Model} model @param {Map<string, State>} first what each was at first
 * @returns {Difference[]}
 */
export function differences(model, first) {
  return model.order.flatMap((item) => {
    const before = first.get(item.id);
    if (!before || item.origin === "added") return [];
    const was = told(model, item.kind, before);
    const is = item.status === "rejected" ? "rejected" : told(model, item.kind, stateOf(item));
    return was === is ? [] : [{ item, was, is }];
  });
}

/** Show what was changed; each row leads to its place. @param {Bench} bench */
export function compare({ desk }) {
  /** @type {Map<string, State>} */
  const first = new Map();
  for (const { changes } of desk.past) for (const { id, before } of changes) if (before && !first.has(id)) first.set(id, before);
  const found = differences(desk.model, first);
  if (!found.length) return desk.say("Nothing differs from what was proposed.");
  const box = dialog("What was proposed, and what you made of it",
    h("ul", { class: "compare" }, ...found.map(({ item, was, is }) => h("li", {},
      h("button", { type: "button", class: "link", on: { click: () => {
        box.close();
        desk.go(item);
      } } }, h("del", {}, was), " → ", h("ins", {}, is))))));
  return undefined;
}
