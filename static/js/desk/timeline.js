// @ts-check
/** @import { Change, State, Txn } from "./types.d.ts" */
/** @import { Bench } from "./bench.js" */
/* The history of the article: every act with its time, and the way back to any of them. */

import { dialog } from "./dialogs.js";
import { h } from "./dom.js";
import { stateOf } from "./model.js";

/**
 * Return the changes that bring every object back to its state after the act at `index` (-1: before the first).
 * What did not exist then is rejected, since nothing is ever deleted.
 * @param {Txn[]} past @param {number} index @param {(id: string) => State | null} now
 * @returns {Change[]}
 */
export function restored(past, index, now) {
  /** @type {Map<string, Change>} */
  const back = new Map();
  for (const txn of past.slice(index + 1).toReversed()) {
    for (const { kind, id, before, after } of txn.changes.toReversed()) back.set(id, { kind, id, before: now(id), after: before ?? { ...after, status: "rejected" } });
  }
  return [...back.values()].filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
}

export class Timeline {
  /** @param {Bench} bench */
  constructor(bench) {
    this.bench = bench;
  }

  open() {
    const { desk } = this.bench;
    if (!desk.past.length) return desk.say("Nothing was decided here yet.");
    const rows = desk.past.map((txn, index) => h("li", {},
      h("time", { datetime: txn.at ?? "", class: "muted small" }, txn.at ? new Date(txn.at).toLocaleString() : ""),
      h("span", {}, this.#words(txn)),
      !desk.readonly && index < desk.past.length - 1 && h("button", { type: "button", class: "button quiet compact", on: { click: () => { box.close(); this.#back(index); } } }, "Back to here")));
    const box = dialog("History of this article",
      h("p", { class: "muted" }, `${desk.past.length} acts, the newest first. Going back is an act of its own: Z undoes it, and nothing is forgotten.`),
      h("ol", { class: "timeline", reversed: true }, ...rows.toReversed()),
      !desk.readonly && h("div", { class: "actions" }, h("button", { type: "button", class: "button", on: { click: () => { box.close(); this.#back(-1); } } }, "Back to the suggestions as they came")));
    return undefined;
  }

  /** @param {Txn} txn */
  #words(txn) {
    const { model } = this.bench.desk;
    const first = model.items.get(txn.changes[0]?.id ?? "");
    const about = first ? (first.kind === "entity" ? `“${model.quote(first)}”` : first.kind) : "";
    const more = txn.changes.length > 1 ? ` and ${txn.changes.length - 1} more` : "";
    return `${txn.act} ${about}${more}`;
  }

  /** @param {number} index */
  #back(index) {
    const { desk } = this.bench;
    const changes = restored(desk.past, index, (id) => {
      const item = desk.model.items.get(id);
      return item ? stateOf(item) : null;
    });
    if (desk.commit("restore", changes, { dwell: 0 })) desk.say(`Back: ${changes.length} changed. Z undoes.`);
    else desk.say("That is how it is now.");
  }
}
