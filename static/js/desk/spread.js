// @ts-check
/** @import { Entity, Item } from "./types.d.ts" */
/** @import { Bench } from "./bench.js" */
/* The same decision for the other mentions of a surface: every context is shown before it is taken. */

import { around } from "../units.js";
import { change } from "./acts.js";
import { dialog } from "./dialogs.js";
import { h, hook } from "./dom.js";

export class Spread {
  /** @param {Bench} bench */
  constructor(bench) {
    this.bench = bench;
    /** @type {Entity | null} */
    this.from = null;
    this.note = hook("same");
    this.note.addEventListener("click", () => this.open());
    bench.desk.addEventListener("change", () => this.#clear());
  }

  /** Offer the decision just made on an object for its other mentions. @param {Item} item */
  offer(item) {
    const others = item.kind === "entity" ? this.#others(item) : [];
    this.from = item.kind === "entity" && others.length ? item : null;
    this.note.hidden = !this.from;
    if (!this.from) return;
    this.note.replaceChildren(h("kbd", { "aria-hidden": "true" }, "P"), ` same for ${others.length} more “${this.bench.desk.model.quote(item)}”`);
  }

  /** @param {Entity} entity */
  #others(entity) {
    return this.bench.desk.model.mentions(entity).filter((other) => other.status === "suggested");
  }

  open() {
    const { desk } = this.bench;
    const from = this.from ?? (desk.here?.kind === "entity" && desk.here.status !== "suggested" ? desk.here : null);
    const others = from ? this.#others(from) : [];
    if (!from && desk.here) return desk.say("Decide about this name first; P then does the same for its other mentions.");
    if (!from || !others.length) return desk.say("No other undecided mention of these words.");
    const rows = others.map((entity) => {
      const { before, after } = around(desk.model.text, entity.span);
      const box = h("input", { type: "checkbox", value: entity.id });
      box.checked = true;
      return { entity, box, row: h("label", { class: "check context" }, box, h("span", {}, before, h("b", {}, desk.model.quote(entity)), after)) };
    });
    const what = from.status === "rejected" ? "Reject" : `Accept as ${desk.model.label(from.label).title}`;
    const form = h("form", { method: "dialog", on: { submit: () => this.#take(from, rows.filter(({ box: each }) => each.checked).map(({ entity }) => entity)) } },
      ...rows.map(({ row }) => row),
      h("div", { class: "actions" }, h("button", { class: "button primary" }, `${what} `, h("kbd", { "aria-hidden": "true" }, "⏎"))));
    const box = dialog(`“${desk.model.quote(from)}”: ${others.length} more`, form);
    box.addEventListener("keydown", (event) => {
      if (event.key === "p" || (event.key === "Enter" && event.target instanceof HTMLInputElement)) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    form.querySelector("button")?.focus();
    return undefined;
  }

  /** @param {Entity} from @param {Entity[]} others */
  #take(from, others) {
    const { desk } = this.bench;
    const { status, label, actor, actor_id } = from;
    const patch = status === "rejected" ? { status } : { status, label, actor, actor_id };
    if (desk.commit("propagate", others.map((entity) => change(entity, patch)))) desk.onward(`The same for ${others.length} more, Z undoes`);
  }

  #clear() {
    this.from = null;
    this.note.hidden = true;
  }
}
