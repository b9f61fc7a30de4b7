// @ts-check
/** @import { Item } from "./types.d.ts" */
/** @import { Desk } from "./desk.js" */
/*
 * The narrow column left of the text: a cell for a paragraph, or for several of a long article.
 * All cells of one state are one path, since an element a cell costs the browser more than the rest of a key.
 */

import { hook } from "./dom.js";

const UNSURE = 0.6;
const MOST = 80;
const WIDTH = 12;
const GAP = 2;
const TALLEST = 20;
const STATES = ["bare", "open", "done", "conflict"];

/**
 * Return a box with round corners as a path. @param {number} top @param {number} high @param {number} out how far it reaches beyond its place
 */
function box(top, high, out) {
  const wide = WIDTH + 2 * out;
  const tall = high + 2 * out;
  const r = Math.min(3 + out, wide / 2, tall / 2);
  const turn = (/** @type {number} */ x, /** @type {number} */ y) => `a${r} ${r} 0 0 1 ${x} ${y}`;
  return `M${r - out} ${top - out}h${wide - 2 * r}${turn(r, r)}v${tall - 2 * r}${turn(-r, r)}h${2 * r - wide}${turn(-r, -r)}v${2 * r - tall}${turn(r, -r)}z`;
}

export class Rail {
  /** @param {Desk} desk @param {(p: number) => void} jump */
  constructor(desk, jump) {
    this.desk = desk;
    const count = desk.model.text.paragraphs.length;
    this.per = Math.max(1, Math.ceil(count / MOST));
    /** @type {{ state: string, unsure: boolean }[]} */
    this.cells = Array.from({ length: Math.ceil(count / this.per) }, () => ({ state: "bare", unsure: false }));
    this.step = 0;
    this.root = hook("rail");
    this.root.addEventListener("click", (event) => {
      const cell = Math.floor((event.clientY - this.root.getBoundingClientRect().top) / this.step);
      if (this.cells[cell]) jump(cell * this.per);
    });
    this.#look(this.cells.keys());
    new ResizeObserver(() => this.#lay()).observe(this.root);
    desk.addEventListener("change", (event) => {
      const touched = /** @type {CustomEvent<Set<number>>} */ (event).detail;
      if (this.#look(new Set([...touched].map((p) => Math.floor(p / this.per))))) this.draw();
    });
    desk.addEventListener("cursor", () => this.#cursor());
  }

  /** Give each cell its height, as the window allows. */
  #lay() {
    this.step = Math.min(TALLEST + GAP, (this.root.clientHeight + GAP) / Math.max(1, this.cells.length));
    this.draw();
    this.#cursor();
  }

  get #high() {
    return Math.max(3, this.step - GAP);
  }

  /** See what state cells are in; returns whether one looks different now. @param {Iterable<number>} cells */
  #look(cells) {
    let changed = false;
    for (const i of cells) {
      const items = this.desk.model.inParagraph.slice(i * this.per, (i + 1) * this.per).flat();
      const open = items.filter((item) => item.status === "suggested");
      const state = items.some((item) => item.conflict) ? "conflict" : open.length ? "open" : items.length ? "done" : "bare";
      const unsure = open.some((item) => (item.score ?? 1) < UNSURE);
      const cell = this.cells[i];
      if (!cell || (cell.state === state && cell.unsure === unsure)) continue;
      this.cells[i] = { state, unsure };
      changed = true;
    }
    return changed;
  }

  draw() {
    const high = this.#high;
    const paths = new Map([...STATES, "unsure"].map((name) => [name, ""]));
    for (const [i, { state, unsure }] of this.cells.entries()) {
      const top = i * this.step;
      paths.set(state, paths.get(state) + box(top, high, -0.75));
      if (unsure) paths.set("unsure", `${paths.get("unsure")}M${WIDTH / 2 - 2} ${top + high / 2}a2 2 0 1 0 4 0a2 2 0 1 0-4 0z`);
    }
    for (const [name, path] of paths) this.#put(name, path);
  }

  #cursor() {
    /** @type {Item | null} */
    const item = this.desk.here;
    this.#put("on", item ? box(Math.floor(this.desk.model.paragraphOf(item) / this.per) * this.step, this.#high, 2) : "");
  }

  /** Set a path; one that has not changed is not touched, for each repaint has its price. @param {string} name @param {string} path */
  #put(name, path) {
    const drawn = this.root.querySelector(`[data-state="${name}"]`);
    if (drawn?.getAttribute("d") !== path) drawn?.setAttribute("d", path);
  }
}
