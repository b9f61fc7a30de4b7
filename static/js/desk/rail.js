// @ts-check
/** @import { Desk } from "./desk.js" */
/* The narrow column left of the text: a cell for each paragraph, for the eye and the mouse. */

import { h, hook } from "./dom.js";

const UNSURE = 0.6;

export class Rail {
  /** @param {Desk} desk @param {(p: number) => void} jump */
  constructor(desk, jump) {
    this.desk = desk;
    this.cells = desk.model.text.paragraphs.map((_, p) => h("i", { "data-cell": p }));
    const root = hook("rail");
    root.replaceChildren(...this.cells);
    root.addEventListener("click", (event) => {
      const cell = event.target instanceof Element ? event.target.getAttribute("data-cell") : null;
      if (cell) jump(Number(cell));
    });
    this.draw(this.cells.keys());
    desk.addEventListener("change", (event) => this.draw(/** @type {CustomEvent<Set<number>>} */ (event).detail));
    desk.addEventListener("cursor", (event) => {
      const { from, item } = /** @type {CustomEvent} */ (event).detail;
      if (from) this.cells[desk.model.paragraphOf(from)]?.classList.remove("on");
      if (item) this.cells[desk.model.paragraphOf(item)]?.classList.add("on");
    });
  }

  /** @param {Iterable<number>} paragraphs */
  draw(paragraphs) {
    for (const p of paragraphs) {
      const cell = this.cells[p];
      const items = this.desk.model.inParagraph[p] ?? [];
      const open = items.filter((item) => item.status === "suggested");
      const state = items.some((item) => item.conflict) ? "conflict" : open.length ? "open" : items.length ? "done" : "bare";
      if (!cell) continue;
      cell.dataset.state = state;
      cell.toggleAttribute("data-unsure", open.some((item) => (item.score ?? 1) < UNSURE));
    }
  }
}
