// @ts-check
/** @import { Bench } from "./bench.js" */
/** @import { Frame } from "./types.d.ts" */
/* The guideline beside the text, opened at the rule of the label or slot under the cursor. */

import { h, hook } from "./dom.js";
import { slotsOf } from "./model.js";

export class Guide {
  /** @param {Bench} bench */
  constructor(bench) {
    this.bench = bench;
    this.panel = hook("guide");
    this.body = hook("guide-body");
    this.search = /** @type {HTMLInputElement} */ (hook("guide-search"));
    this.loaded = false;
    /** @type {HTMLElement | null} the slot that the guideline was asked about, where the focus goes back to */
    this.from = null;
    this.search.addEventListener("input", () => this.#find(this.search.value.trim().toLowerCase()));
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.toggle(false);
      event.stopPropagation();
    });
    for (const button of document.querySelectorAll('[data-desk="guide-toggle"]')) button.addEventListener("click", () => this.toggle());
  }

  /** @param {boolean} [open] */
  toggle(open = !!this.panel.hidden) {
    this.panel.hidden = !open;
    if (!open) return (this.from?.isConnected ? this.from : hook("list")).focus({ preventScroll: true });
    const { activeElement } = document;
    this.from = activeElement instanceof HTMLElement && activeElement.closest("[data-slot]") ? activeElement : null;
    this.#rule();
    if (!this.loaded) void this.#load();
    return this.search.focus();
  }

  /** Show the rule of what is under the cursor, ahead of the guideline. */
  #rule() {
    const { here, model } = this.bench.desk;
    const rules = !here ? [] : here.kind === "entity" ? [model.label(here.label)] : this.#slots(here);
    hook("guide-rule").replaceChildren(...rules.map(({ title, rule }) => h("p", {}, h("strong", {}, title), ` ${rule}`)));
    hook("guide-rule").hidden = !rules.length;
  }

  /** List the rules of the slot that has the focus, with each of its choices, or else of all slots. @param {Frame} frame */
  #slots(frame) {
    const name = this.from?.closest("[data-slot]")?.getAttribute("data-slot");
    const slots = slotsOf(this.bench.desk.model.scheme, frame.kind);
    const slot = slots.find((each) => each.name === name);
    const rules = slot ? [slot, ...slot.choices] : slots.flatMap((each) => [each, ...each.choices.filter((choice) => choice.name === frame.slots[each.name])]);
    return rules.filter(({ rule }) => rule);
  }

  async #load() {
    try {
      const answer = await fetch(this.bench.desk.data.urls.guideline, { headers: { accept: "text/html", "HX-Request": "true" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      this.body.replaceChildren(...page.body.childNodes);
      this.loaded = true;
    } catch {
      this.body.replaceChildren(h("p", { class: "muted" }, "The guideline cannot be fetched now; the rules of labels and slots are in their tooltips."));
    }
  }

  /** Leave only the passages that hold the words. @param {string} words */
  #find(words) {
    for (const block of this.body.querySelectorAll("h1, h2, h3, h4, p, li, pre, table, blockquote")) {
      if (block instanceof HTMLElement) block.hidden = !!words && !(block.textContent ?? "").toLowerCase().includes(words);
    }
  }
}
