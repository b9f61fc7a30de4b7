// @ts-check
/** @import { Item, Span } from "./types.d.ts" */
/** @import { ArticleView } from "./article.js" */
/** @import { Desk } from "./desk.js" */
/* The mouse and the finger: a click puts the cursor, chosen words wait for a label or fill a slot. */

import { between } from "../units.js";
import { spanOf } from "./model.js";
import { place, placeAt } from "./spots.js";

/** @param {Event} event @returns {HTMLElement | null} */
const markOf = (event) => (event.target instanceof Element ? event.target.closest("[data-i]") : null);

/** Return the words that the browser's own selection covers, snapped to tokens. @param {ArticleView} view @param {boolean} exact */
export function selected(view, exact) {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!view.root.contains(range.commonAncestorContainer)) return null;
  const from = place(view, range.startContainer, range.startOffset);
  const to = place(view, range.endContainer, range.endOffset) ?? endOfPrevious(view, range);
  return from && to ? between(view.desk.model.text, from, to, exact) : null;
}

/** A selection by whole paragraphs ends at the start of the next block. @param {ArticleView} view @param {Range} range */
function endOfPrevious(view, range) {
  const p = view.blocks.findLastIndex((block) => range.intersectsNode(block));
  return p < 0 ? null : { p, unit: view.desk.model.text.paragraph(p).text.length };
}

export class Pointer {
  /** @param {Desk} desk @param {ArticleView} view */
  constructor(desk, view) {
    this.desk = desk;
    this.view = view;
    /** @type {string | null} */
    this.over = null;
    this.moved = false;
    this.finger = false;
    const { root } = view;
    root.addEventListener("pointerdown", (event) => (this.finger = event.pointerType === "touch"));
    root.addEventListener("click", (event) => this.#click(event));
    root.addEventListener("pointermove", (event) => {
      this.moved = true;
      this.over = markOf(event)?.dataset.i ?? null;
    });
    root.addEventListener("pointerleave", () => (this.over = null));
    root.addEventListener("pointerup", (event) => event.pointerType !== "touch" && setTimeout(() => this.#choose(event.altKey)));
    document.addEventListener("selectionchange", () => this.#touched());
    desk.addEventListener("chosen", () => !desk.chosen && this.finger && getSelection()?.removeAllRanges());
  }

  /** Take words that were chosen before this was there. */
  look() {
    this.#choose(false);
  }

  /** Return the object that a key acts on because the pointer has just come to rest there. */
  take() {
    const item = this.moved && this.over ? this.desk.model.items.get(this.over) : null;
    this.moved = false;
    return item ?? null;
  }

  /** @param {MouseEvent} event */
  #click(event) {
    if (getSelection()?.isCollapsed === false) return;
    this.desk.choose(null);
    const item = this.desk.model.items.get(markOf(event)?.dataset.i ?? "") ?? this.#frameAt(event);
    if (item) this.desk.go(item, { scroll: false });
  }

  /** @param {MouseEvent} event @returns {Item | undefined} */
  #frameAt(event) {
    const spot = placeAt(this.view, event.clientX, event.clientY);
    if (!spot) return undefined;
    const { model } = this.desk;
    const here = between(model.text, spot, { p: spot.p, unit: spot.unit + 1 });
    if (!here) return undefined;
    const covering = model.frames.filter((frame) => frame.status !== "rejected" && spanOf(frame)[0] <= here[0] && spanOf(frame)[1] > here[0]);
    return covering[(covering.findIndex((frame) => frame === this.desk.here) + 1) % covering.length];
  }

  /** @param {boolean} exact */
  #choose(exact) {
    /** @type {Span | null} */
    const span = selected(this.view, exact && this.desk.model.scheme.subtoken);
    if (!span) return;
    this.desk.choose(span);
    if (!this.finger) getSelection()?.removeAllRanges();
  }

  /** A finger holds a word and pulls the handles of the browser's own selection, which stays while it rests there. */
  #touched() {
    if (!this.finger) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#choose(false), 700);
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;
}
