// @ts-check
/** @import { Item } from "./types.d.ts" */
/** @import { Desk } from "./desk.js" */
/* The list of proposals: the control that a screen reader works with, ten rows of it at a time. */

import { h, hook } from "./dom.js";

const ROOM = { entity: { above: 4, below: 6 }, frame: { above: 1, below: 2 } };

export class SuggestionList {
  /** @param {Desk} desk @param {(item: Item) => number} number of a frame */
  constructor(desk, number) {
    this.desk = desk;
    this.number = number;
    this.root = hook("list");
    this.count = hook("left");
    this.progress = /** @type {HTMLProgressElement} */ (hook("progress"));
    this.words = hook("decided");
    desk.addEventListener("cursor", () => this.draw());
    desk.addEventListener("change", () => this.draw());
    this.root.addEventListener("click", (event) => {
      const row = event.target instanceof Element ? event.target.closest("[data-row]") : null;
      const item = desk.model.items.get(row?.getAttribute("data-row") ?? "");
      if (item) desk.go(item);
    });
    this.draw();
  }

  draw() {
    const { model, here } = this.desk;
    const shown = model.order.filter((item) => model.shown(item) || item === here);
    const at = here ? shown.indexOf(here) : 0;
    const { above, below } = here && here.kind !== "entity" ? ROOM.frame : ROOM.entity;
    const from = Math.max(0, Math.min(at - above, shown.length - above - below - 1));
    const rows = shown.slice(from, from + above + below + 1).map((item, i) => this.#row(item, from + i + 1, shown.length));
    this.root.replaceChildren(...rows);
    if (here) this.root.setAttribute("aria-activedescendant", `row-${here.id}`);
    else this.root.removeAttribute("aria-activedescendant");
    const decided = shown.length - model.left;
    this.count.textContent = model.left ? `${model.left} left` : shown.length ? "all decided" : "none";
    this.progress.max = Math.max(1, shown.length);
    this.progress.value = decided;
    this.words.textContent = shown.length ? `${decided} of ${shown.length} decided` : "Nothing to decide";
  }

  /** @param {Item} item @param {number} position @param {number} size */
  #row(item, position, size) {
    const on = item === this.desk.here;
    const score = item.status === "suggested" && item.score != null ? ` ${Math.round(item.score * 100)}` : "";
    const words = this.#words(item);
    const status = item.conflict ? "conflict" : item.status;
    return h(
      "li",
      {
        role: "option", id: `row-${item.id}`, "data-row": item.id, class: `row-${item.status}`,
        "aria-selected": String(on), "aria-posinset": position, "aria-setsize": size,
      },
      this.#tag(item),
      h("span", { class: "surface", title: words }, words),
      h("span", { class: "status" }, h("span", { class: score && item.kind !== "entity" ? "visually-hidden" : "" }, status), item.conflict ? "" : score),
    );
  }

  /** @param {Item} item */
  #tag(item) {
    if (item.kind === "entity") return h("span", { class: `tag hue-${this.desk.model.label(item.label).hue}` }, item.label);
    return h("span", { class: `tag frame-tag ${item.kind}` }, h("span", { class: "num" }, String(this.number(item) || "–")), ` ${item.kind}`);
  }

  /** @param {Item} item */
  #words(item) {
    if (item.kind === "entity") return this.desk.model.quote(item);
    const { slots } = item;
    const parts = item.kind === "stance" ? [slots.holder, slots.polarity, slots.target] : [slots.actor, slots.type];
    return parts.filter((part) => typeof part === "string").map((part) => String(part).replaceAll("_", " ")).join(" · ") || "to be filled in";
  }
}
