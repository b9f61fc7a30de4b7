// @ts-check
/** @import { Item } from "./types.d.ts" */
/** @import { Desk } from "./desk.js" */
/* The narrow column left of the text: a cell for a paragraph, or for several of a long article. */

import { h, hook } from "./dom.js";

const UNSURE = 0.6;
const MOST = 80;

export class Rail {
  /** @param {Desk} desk @param {(p: number) => void} jump */
  constructor(desk, jump) {
    this.desk = desk;
    const count = desk.model.text.paragraphs.length;
    this.per = Math.max(1, Math.ceil(count / MOST));
    this.cells = Array.from({ length: Math.ceil(count / this.per) }, (_, i) => h("i", { "data-cell": i }));
    const root = hook("rail");
    root.replaceChildren(...this.cells);
    root.addEventListener("click", (event) => {
      const cell = event.target instanceof Element ? event.target.getAttribute("data-cell") : null;
      if (cell) jump(Number(cell) * this.per);
    });
    this.draw(this.cells.keys());
    desk.addEventListener("change", (event) => this.draw(this.#cellsOf(/** @type {CustomEvent<Set<number>>} */ (event).detail)));
    desk.addEventListener("cursor", (event) => {
      const { from, item } = /** @type {CustomEvent<{ from: Item | null, item: Item | null }>} */ (event).detail;
      const left = from ? this.#cellOf(from) : undefined;
      const entered = item ? this.#cellOf(item) : undefined;
      if (left === entered && entered?.classList.contains("on")) return;
      left?.classList.remove("on");
      entered?.classList.add("on");
    });
  }

  /** @param {Item} item */
  #cellOf(item) {
    return this.cells[Math.floor(this.desk.model.paragraphOf(item) / this.per)];
  }

  /** @param {Set<number>} paragraphs */
  #cellsOf(paragraphs) {
    return new Set([...paragraphs].map((p) => Math.floor(p / this.per)));
  }

  /** Show the state of cells; what has not changed is not touched, for each repaint has its price. @param {Iterable<number>} cells */
  draw(cells) {
    for (const i of cells) {
      const items = this.desk.model.inParagraph.slice(i * this.per, (i + 1) * this.per).flat();
      const open = items.filter((item) => item.status === "suggested");
      const state = items.some((item) => item.conflict) ? "conflict" : open.length ? "open" : items.length ? "done" : "bare";
      const cell = this.cells[i];
      if (!cell) continue;
      if (cell.dataset.state !== state) cell.dataset.state = state;
      const unsure = open.some((item) => (item.score ?? 1) < UNSURE);
      if (cell.hasAttribute("data-unsure") !== unsure) cell.toggleAttribute("data-unsure", unsure);
    }
  }
}
