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

/** @type {Record<string, string>} acts as they are told afterwards */
export const SAID = {
  accept: "Accepted", reject: "Rejected", relabel: "Labelled", edges: "Moved the edges of", add: "Added", edit: "Edited", bulk: "Accepted in bulk",
  propagate: "Decided alike", merge: "Merged", split: "Split", restore: "Went back:", undo: "Undid", redo: "Did again",
};

/** @param {string | undefined} at */
const day = (at) => (at ? new Date(at).toLocaleDateString([], { weekday: "long", day: "numeric", month: "long", year: "numeric" }) : "Earlier");

export class Timeline {
  /** @param {Bench} bench */
  constructor(bench) {
    this.bench = bench;
  }

  /** @returns {void} */
  open() {
    const { desk, parts } = this.bench;
    if (desk.earlier) {
      desk.say("Fetching what was decided earlier…");
      return parts?.during(desk.earlier.then(() => this.open()));
    }
    if (!desk.past.length) return desk.say(desk.partial ? "What was decided earlier cannot be fetched now." : "Nothing was decided here yet.");
    const days = [...Map.groupBy(desk.past.keys(), (index) => day(desk.past[index]?.at)).entries()].toReversed();
    const box = dialog("History of this article",
      h("p", { class: "muted" }, `${desk.past.length} acts, the newest first. Going back is an act of its own: Z undoes it, and nothing is forgotten.`),
      h("div", { class: "timeline", tabindex: 0, role: "region", "aria-label": "Acts" }, ...days.flatMap(([title, indices]) => [
        h("h3", {}, title),
        h("ol", {}, ...indices.toReversed().map((index) => this.#row(index, () => box.close()))),
      ])),
      !desk.readonly && h("div", { class: "actions" }, h("button", { type: "button", class: "button", on: { click: () => { box.close(); this.#back(-1); } } }, "Back to the suggestions as they came")));
    return undefined;
  }

  /** @param {number} index @param {() => void} close */
  #row(index, close) {
    const { desk } = this.bench;
    const txn = /** @type {Txn} */ (desk.past[index]);
    const at = txn.at ? new Date(txn.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }) : "";
    return h("li", {},
      h("time", { datetime: txn.at ?? "", class: "muted small" }, at),
      h("span", {}, this.#words(txn), h("small", { class: "muted" }, this.#source(txn))),
      !desk.readonly && index < desk.past.length - 1 && h("button", {
        type: "button", class: "button quiet compact", "aria-label": `Back to here: ${this.#words(txn)}, ${at}`, on: { click: () => { close(); this.#back(index); } },
      }, "Back to here"));
  }

  /** Say what an act did. @param {Txn} txn */
  #words({ act, changes }) {
    const { model } = this.bench.desk;
    const head = changes[0];
    const item = model.items.get(head?.id ?? "");
    const after = head?.after;
    const about = !item || !after ? "" : "span" in after ? `“${model.text.quote(after.span)}” as ${model.label(after.label).title}` : `${item.kind}: “${model.quote(item)}”`;
    const more = changes.length > 1 ? ` and ${changes.length - 1} more` : "";
    return `${SAID[act] ?? act} ${about}${more}`;
  }

  /** Say who did it, and which suggestion it started from. @param {Txn} txn */
  #source({ who, changes }) {
    const { data, model } = this.bench.desk;
    const item = model.items.get(changes[0]?.id ?? "");
    const name = !who || who === data.me.name ? "you" : who;
    const from = !item?.suggester ? "added by hand" : `proposed by ${item.suggester}`;
    return [name, changes.length > 1 ? "" : from, changes.length > 1 || !item?.cue ? "" : item.cue].filter(Boolean).join(" · ");
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
