// @ts-check
/** @import { Entity, Txn } from "./types.d.ts" */
/** @import { Bench } from "./bench.js" */
/* The same decision across one's whole queue: every context is shown before anything is decided, and one undo takes it all back. */

import { uuid } from "./acts.js";
import { ask } from "./ask.js";
import { parts } from "./bench.js";
import { dialog } from "./dialogs.js";
import { h } from "./dom.js";

/**
 * @typedef {object} Mention
 * @property {number} item
 * @property {string} title
 * @property {number} start
 * @property {number} end
 * @property {string} before
 * @property {string} words
 * @property {string} after
 * @property {string | null} label
 */

export class Elsewhere {
  /** @param {Bench} bench */
  constructor(bench) {
    this.bench = bench;
    bench.desk.addEventListener("take-back", (event) => void this.#takeBack(/** @type {CustomEvent<Txn>} */ (event).detail));
  }

  /** Show where in the queue the decision under the cursor could be taken as well. */
  async open() {
    const { desk } = this.bench;
    const from = parts(this.bench).spread.from ?? (desk.here?.kind === "entity" && desk.here.status !== "suggested" ? desk.here : null);
    if (!from) return desk.say("Decide about an entity first; then its words can be looked for in your queue.");
    const box = dialog(`“${desk.model.quote(from)}” in your queue`, h("p", { class: "muted", role: "status" }, "Looking…"));
    const { status, label, actor, actor_id } = from;
    const query = new URLSearchParams({ surface: desk.model.quote(from), status, label, actor: actor ?? "", actor_id: actor_id ?? "" });
    const answer = await ask(desk.data, `${desk.data.urls.mentions}?${query}`);
    if (!box.isConnected) return undefined;
    const mentions = /** @type {Mention[]} */ (answer.ok ? answer.body.mentions : []);
    if (mentions.length) return this.#show(box, from, mentions);
    box.close();
    return desk.say(answer.ok ? "No other undecided mention of these words in your queue." : `${answer.detail} Nothing was changed.`);
  }

  /** @param {HTMLDialogElement} box @param {Entity} from @param {Mention[]} mentions */
  #show(box, from, mentions) {
    const { desk } = this.bench;
    const rows = mentions.map((mention) => {
      const box = h("input", { type: "checkbox" });
      box.checked = true;
      const now = mention.label && mention.label !== from.label ? ` (now ${mention.label})` : "";
      return { mention, box, row: h("label", { class: "check context" }, box, h("span", {}, mention.before, h("b", {}, mention.words), mention.after, h("span", { class: "muted" }, now))) };
    });
    const groups = [...Map.groupBy(rows, ({ mention }) => mention.item).values()].map((group) =>
      h("fieldset", { class: "context-group" }, h("legend", {}, group[0]?.mention.title ?? ""), ...group.map(({ row }) => row)));
    const what = from.status === "rejected" ? "Reject" : `Accept as ${desk.model.label(from.label).title}`;
    const send = h("button", { class: "button primary" }, `${what} `, h("kbd", { "aria-hidden": "true" }, "⏎"));
    const trouble = h("p", { class: "error", role: "alert" });
    const form = h("form", { on: { submit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      send.disabled = true;
      const problem = await this.#carry(from, rows.filter(({ box }) => box.checked).map(({ mention }) => mention));
      if (!problem) return box.close();
      trouble.textContent = problem;
      send.disabled = false;
      return undefined;
    } } }, ...groups, trouble, h("div", { class: "actions" }, send));
    box.querySelector("h2")?.append(`: ${mentions.length} more`);
    box.querySelector("[role=status]")?.replaceWith(form);
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
      event.preventDefault();
      form.requestSubmit();
    });
    send.focus({ preventScroll: true });
  }

  /** @param {Entity} from @param {Mention[]} mentions @returns {Promise<string | null>} what went wrong */
  async #carry(from, mentions) {
    const { desk } = this.bench;
    const txn = uuid();
    const places = mentions.map(({ item, start, end }) => ({ item, start, end }));
    const { status, label, actor, actor_id } = from;
    const answer = await ask(desk.data, desk.data.urls.carry, { txn, surface: desk.model.quote(from), status, label, actor, actor_id, places });
    if (!answer.ok) return `${answer.detail} Nothing was changed; try again.`;
    const { applied, left } = answer.body;
    desk.history.record({ txn, act: "propagate", changes: [], elsewhere: true });
    const articles = new Set(mentions.map(({ item }) => item)).size;
    const changed = left ? `; ${left} had changed and were left` : "";
    desk.say(`The same for ${applied} more in ${articles} article${articles === 1 ? "" : "s"}${changed}. Z undoes. Later articles get it as a suggestion.`);
    return null;
  }

  /** @param {Txn} txn */
  async #takeBack(txn) {
    const { desk } = this.bench;
    const answer = await ask(desk.data, `${desk.data.urls.carry}/${txn.txn}/undo`, {});
    if (!answer.ok) {
      desk.history.record(txn);
      return desk.say(`${answer.detail} It is not undone; Z tries again.`);
    }
    const { applied, left } = answer.body;
    const stay = left ? `; ${left} were decided anew since and stay` : "";
    return desk.say(`Undone in your queue: ${applied}${stay}.`);
  }
}
