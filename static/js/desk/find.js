// @ts-check
/** @import { Bench } from "./bench.js" */
/* Finding words in the article: painted where they stand, without touching the text. */

import { between } from "../units.js";
import { rangeOver } from "../offsets.js";
import { parts } from "./bench.js";
import { h, hook } from "./dom.js";

const MOST = 1000;

/** @typedef {{ p: number, a: number, b: number }} Place units within a paragraph */

/**
 * List where words stand, whatever their case, in reading order.
 * @param {string[]} paragraphs @param {string} words
 * @returns {Place[]}
 */
export function places(paragraphs, words) {
  if (!words.trim()) return [];
  const pattern = new RegExp(words.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+"), "giu");
  const found = paragraphs.flatMap((text, p) => [...text.matchAll(pattern)].map((match) => ({ p, a: match.index, b: match.index + match[0].length })));
  return found.slice(0, MOST);
}

export class Find {
  /** @param {Bench} bench */
  constructor(bench) {
    this.bench = bench;
    this.box = hook("find");
    /** @type {Place[]} */
    this.found = [];
    this.at = 0;
    this.top = 0;
    this.input = h("input", { class: "input", type: "search", "aria-label": "Find in the article", placeholder: "Find in the article", autocomplete: "off" });
    this.count = h("span", { class: "muted", role: "status" });
    /** @param {string} label @param {string} sign @param {() => void} click */
    const button = (label, sign, click) => h("button", { type: "button", class: "button quiet compact", "aria-label": label, title: label, on: { click } }, sign);
    this.box.replaceChildren(this.input, this.count, button("Previous", "↑", () => this.step(-1)), button("Next", "↓", () => this.step(1)), button("Close", "✕", () => this.close()));
    this.input.addEventListener("input", () => this.#search());
    this.box.addEventListener("keydown", (event) => this.#key(event));
    bench.desk.addEventListener("change", () => this.#paint());
  }

  open() {
    if (this.box.hidden) this.top = scrollY;
    this.box.hidden = false;
    this.input.select();
    this.input.focus();
    if (this.input.value) this.#search();
  }

  /** Go back to the desk, and to the place that was in view. @param {{ back?: boolean }} [how] */
  close({ back = true } = {}) {
    this.box.hidden = true;
    this.#paint();
    hook("list").focus({ preventScroll: true });
    if (back) scrollTo({ top: this.top, behavior: "instant" });
  }

  #search() {
    const { paragraphs } = this.bench.desk.model.text;
    this.found = places(paragraphs.map(({ text }) => text), this.input.value);
    const seen = this.found.findIndex(({ p }) => (this.bench.view.block(p)?.getBoundingClientRect().bottom ?? 0) > 0);
    this.at = Math.max(0, seen);
    this.#show();
  }

  /** Go to the next place, or the one before, around the end. @param {1 | -1} way */
  step(way) {
    this.at = (this.at + way + this.found.length) % Math.max(1, this.found.length);
    this.#show();
  }

  #show() {
    const { length } = this.found;
    this.count.textContent = length ? `${this.at + 1} of ${length}${length === MOST ? "+" : ""}` : this.input.value.trim() ? "Not found" : "";
    this.#paint();
    const box = this.#range(this.found[this.at])?.getBoundingClientRect();
    if (box && (box.top < innerHeight * 0.16 || box.bottom > innerHeight * 0.8)) scrollBy({ top: box.top - innerHeight * 0.36, behavior: "instant" });
  }

  /** @param {Place | undefined} place */
  #range(place) {
    const block = place && this.bench.view.block(place.p);
    return block ? rangeOver(block, place.a, place.b) : null;
  }

  #paint() {
    if (!("highlights" in CSS)) return;
    const ranges = this.box.hidden ? [] : this.found.flatMap((place) => this.#range(place) ?? []);
    const here = ranges[this.at];
    CSS.highlights.set("found", new Highlight(...ranges));
    CSS.highlights.set("found-here", new Highlight(...(here ? [here] : [])));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#choose();
    else if (event.key === "Enter" && event.target === this.input) this.step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  }

  /** Choose the words that were found, so that the next key can label them. */
  #choose() {
    const place = this.found[this.at];
    const span = place && between(this.bench.desk.model.text, { p: place.p, unit: place.a }, { p: place.p, unit: place.b });
    if (!span) return;
    this.close({ back: false });
    parts(this.bench).caret.enter(span);
  }
}
