// @ts-check
/** @import { Item } from "./types.d.ts" */
/** @import { ArticleView } from "./article.js" */
/** @import { Desk } from "./desk.js" */
/* Letters over objects in view; typing them picks one: to go there, or for a slot. */

import { h, hook } from "./dom.js";
import { spanOf } from "./model.js";

const LETTERS = "sdhjklgweruioptyvbnmcqz";
const SINGLE = 17;

/**
 * Give the nearest one letter each and the rest two.
 * @param {number} count
 */
export function letters(count) {
  const one = count <= LETTERS.length ? count : SINGLE;
  const first = LETTERS.slice(SINGLE);
  return Array.from({ length: Math.min(count, SINGLE + first.length * LETTERS.length) }, (_, i) => {
    if (i < one) return LETTERS.charAt(i);
    const rest = i - one;
    return first.charAt(Math.floor(rest / LETTERS.length)) + LETTERS.charAt(rest % LETTERS.length);
  });
}

export class Hints {
  /** @param {Desk} desk @param {ArticleView} view */
  constructor(desk, view) {
    this.desk = desk;
    this.view = view;
    this.layer = hook("hints");
    /** @type {Map<string, Item>} */
    this.map = new Map();
    this.typed = "";
    /** @type {(item: Item) => void} */
    this.then = () => {};
  }

  get on() {
    return this.map.size > 0;
  }

  /**
   * Show the letters of those that pass.
   * @param {(item: Item) => boolean} [passes] @param {(item: Item) => void} [then]
   */
  show(passes = (item) => item.status === "suggested", then = (item) => this.desk.go(item)) {
    this.then = then;
    const { model, here } = this.desk;
    const from = here ? model.order.indexOf(here) : 0;
    const visible = model.order.flatMap((item, i) => {
      if (!passes(item)) return [];
      const block = this.view.block(model.paragraphOf(item))?.getBoundingClientRect();
      if (!block || block.bottom < 48 || block.top > innerHeight) return [];
      const box = this.view.ranges(spanOf(item))[0]?.getBoundingClientRect();
      return box && box.top > 40 && box.bottom < innerHeight - 32 ? [{ item, box, far: Math.abs(i - from) }] : [];
    });
    visible.sort((x, y) => x.far - y.far);
    const names = letters(visible.length);
    this.layer.replaceChildren();
    for (const [i, { item, box }] of visible.entries()) {
      const name = names[i];
      if (!name) break;
      this.map.set(name, item);
      const sign = h("b", { "data-hint": name }, name.toUpperCase());
      sign.style.left = `${box.left + scrollX - 6}px`;
      sign.style.top = `${box.top + scrollY - 10}px`;
      this.layer.append(sign);
    }
    this.desk.say(visible.length ? "Type the letters of the one you mean; Escape leaves." : "There is none in view.");
  }

  hide() {
    this.map.clear();
    this.typed = "";
    this.layer.replaceChildren();
  }

  /** Take a key while hints are shown. @param {KeyboardEvent} event */
  key(event) {
    if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    this.typed += event.key.toLowerCase();
    const item = this.map.get(this.typed);
    const more = [...this.map.keys()].some((name) => name.startsWith(this.typed));
    if (item) {
      this.hide();
      this.then(item);
    } else if (!more) this.hide();
  }
}
