// @ts-check
/** @import { Entity, Frame, Item, Span } from "./types.d.ts" */
/** @import { Desk } from "./desk.js" */
/* The article on the page: paints paragraphs, shows the cursor, turns places on the screen into tokens. */

import { rangeOver } from "../offsets.js";
import { isSpan, slotsOf, spanOf } from "./model.js";
import { paragraphHtml } from "./render.js";

const NEAR = 8;
const SLICE = 12;

export class ArticleView {
  /** @param {Desk} desk @param {HTMLElement} root */
  constructor(desk, root) {
    this.desk = desk;
    this.root = root;
    this.blocks = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-p]")]);
    for (const [p, block] of this.blocks.entries()) block.dataset.p = String(p);
    /** @type {Map<string, number>} */
    this.numbers = new Map();
    /** @type {Set<number>} paragraphs that still show their words alone */
    this.bare = new Set(this.blocks.keys());
    this.#number();
    this.#paintView();
    this.#paintRest();
    desk.addEventListener("change", (event) => this.#change(/** @type {CustomEvent<Set<number>>} */ (event).detail));
    desk.addEventListener("cursor", (event) => this.#cursor(/** @type {CustomEvent} */ (event).detail));
    desk.addEventListener("chosen", () => this.highlight("chosen", desk.chosen ? [desk.chosen] : []));
  }

  /** Number the frames in text order; returns whether a number changed. */
  #number() {
    const next = new Map(this.desk.model.frames.filter((frame) => frame.status !== "rejected").map((frame, i) => [frame.id, i + 1]));
    const changed = [...this.numbers].some(([id, n]) => next.has(id) && next.get(id) !== n);
    this.numbers = next;
    return changed;
  }

  /** Paint what is in view, or soon will be. */
  #paintView() {
    for (const chunk of this.root.children) {
      const { top, bottom } = chunk.getBoundingClientRect();
      if (bottom < -innerHeight || top > 2 * innerHeight) continue;
      this.paint([...chunk.querySelectorAll("[data-p]")].map((block) => Number(/** @type {HTMLElement} */ (block).dataset.p)));
    }
  }

  /** Paint the rest a little at a time, while nothing else is to be done. */
  #paintRest() {
    if (!this.bare.size) return;
    const soon = "requestIdleCallback" in globalThis ? requestIdleCallback : setTimeout;
    soon(() => {
      this.paint([...this.bare].slice(0, SLICE));
      this.#paintRest();
    });
  }

  /** @param {Set<number>} paragraphs */
  #change(paragraphs) {
    const again = new Set(paragraphs);
    if (this.#number()) for (const frame of this.desk.model.frames) again.add(this.desk.model.paragraphOf(frame));
    this.paint(again);
    this.#mark(this.desk.here, true);
  }

  /** @param {Iterable<number>} paragraphs */
  paint(paragraphs) {
    const { model, here } = this.desk;
    const inParagraph = here ? model.paragraphOf(here) : -1;
    const view = {
      keep: (/** @type {Entity} */ item) => item.status !== "rejected" || (model.shown(item) && model.paragraphOf(item) === inParagraph),
      number: (/** @type {Frame} */ frame) => this.numbers.get(frame.id) ?? 0,
    };
    for (const p of paragraphs) {
      const block = this.blocks[p];
      if (!block) continue;
      this.bare.delete(p);
      block.innerHTML = paragraphHtml(model, p, view);
      const frames = (model.inParagraph[p] ?? []).filter((item) => item.kind !== "entity" && item.status !== "rejected");
      block.classList.toggle("has-stance", frames.some((frame) => frame.kind === "stance"));
      block.classList.toggle("has-commitment", frames.some((frame) => frame.kind === "commitment"));
    }
  }

  /** Return the element of a paragraph, painted. @param {number} p */
  block(p) {
    if (this.bare.has(p)) this.paint([p]);
    return this.blocks[p];
  }

  /** @param {{ from: Item | null, item: Item | null, scroll: boolean }} detail */
  #cursor({ from, item, scroll }) {
    const { model } = this.desk;
    const left = from ? model.paragraphOf(from) : -1;
    const entered = item ? model.paragraphOf(item) : -1;
    if (left !== entered) this.paint([left, entered].filter((p) => (model.inParagraph[p] ?? []).some((each) => each.status === "rejected")));
    if (from) this.#mark(from, false);
    this.#mark(item, true);
    if (item && scroll) this.reveal(spanOf(item));
  }

  /** @param {Item | null} item @param {boolean} on */
  #mark(item, on) {
    if (!item) return;
    const { model } = this.desk;
    for (const p of model.paragraphsOf(item)) {
      for (const mark of this.block(p)?.querySelectorAll(`[data-i="${CSS.escape(item.id)}"]`) ?? []) mark.classList.toggle("cur", on);
    }
    if (!on) return;
    this.highlight("same", item.kind === "entity" ? this.#mentionsNear(item) : []);
    this.highlight("evidence", item.kind === "entity" ? [] : [spanOf(item)]);
    const slots = item.kind === "entity" ? [] : slotsOf(model.scheme, item.kind).filter((slot) => slot.name !== "evidence");
    this.highlight("slot", item.kind === "entity" ? [] : slots.map((slot) => item.slots[slot.name]).filter(isSpan));
  }

  /** @param {Entity} item */
  #mentionsNear(item) {
    const { model } = this.desk;
    const here = model.paragraphOf(item);
    const near = model.mentions(item).filter((other) => other.status === "suggested" && Math.abs(model.paragraphOf(other) - here) < NEAR);
    return near.map((other) => other.span);
  }

  /** Paint spans for as long as they matter, without touching the text. @param {string} name @param {Span[]} spans */
  highlight(name, spans) {
    if (!("highlights" in CSS)) return;
    const ranges = spans.flatMap((span) => this.ranges(span));
    if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
    else CSS.highlights.delete(name);
  }

  /** @param {Span} span @returns {Range[]} */
  ranges(span) {
    return this.desk.model.text.pieces(span).flatMap(({ p, a, b }) => {
      const block = this.block(p);
      return block ? [rangeOver(block, a, b)] : [];
    });
  }

  /**
   * Bring a span into the calm middle of the window, at once. Parts of a long article that were never
   * in view have a height that is guessed, so it looks again once they are drawn.
   * @param {Span} span @param {number} [again]
   */
  reveal(span, again = 2) {
    const box = this.ranges(span)[0]?.getBoundingClientRect();
    if (!box || (box.top >= innerHeight * 0.16 && box.bottom <= innerHeight * 0.8)) return;
    scrollBy({ top: box.top - innerHeight * 0.36, behavior: "instant" });
    if (again && this.root.matches(".long")) requestAnimationFrame(() => setTimeout(() => this.reveal(span, again - 1)));
  }

  /** Say whether the end of a paragraph is in view; if not, bring it there. @param {number} p */
  ends(p) {
    const bottom = this.block(p)?.getBoundingClientRect().bottom ?? 0;
    const seen = bottom > 0 && bottom <= innerHeight;
    if (!seen) this.block(p)?.scrollIntoView({ block: "end", behavior: "instant" });
    return seen;
  }
}
