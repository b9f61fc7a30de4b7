// @ts-check
/* What is pressed, clicked or pointed at before the part that answers it is there; replay.js does it once it is. */

import { chord } from "./keymap.js";

/** Keys that wait from the start, and those that never do: they are the browser's. */
const FIRST = /^(.|Ctrl\+([KYZ]|Shift\+Z)|(Shift\+|Ctrl\+)?Enter|Space|F[16]|Shift\+F6|(Ctrl\+)?Shift\+Arrow(Left|Right))$/;
const BROWSERS = /^(Ctrl\+(Shift\+)?[^KYZ]|Alt\+.*|(Shift\+)?Tab|F(?![16]$)\d+)$/;
const WAITING = "[data-run], button[data-desk], [data-desk=text], [data-desk=rail]";

/** @typedef {{ event: KeyboardEvent | MouseEvent, top: number, blind: boolean }} Act `blind`: before the proposals were shown */

export class Held {
  constructor() {
    /** @type {Act[]} */
    this.acts = [];
    this.blind = true;
    this.on = true;
    this.shut = false;
    this.leave = new AbortController();
    const { signal } = this.leave;
    for (const type of ["click", "pointermove"]) document.addEventListener(type, (event) => this.#point(/** @type {MouseEvent} */ (event)), { capture: true, signal });
    document.addEventListener("keydown", (event) => this.blind && this.#early(event), { signal });
  }

  /** @param {MouseEvent} event */
  #point(event) {
    if (!(event.target instanceof Element) || !event.target.closest(event.type === "click" ? WAITING : "[data-desk=text]")) return;
    if (event.type !== "click" && this.acts.at(-1)?.event.type === event.type) this.acts.pop();
    this.#add(event);
  }

  /** @param {KeyboardEvent} event */
  #early(event) {
    const key = chord(event);
    const elsewhere = event.isComposing || (event.target instanceof Element && event.target.closest("input, select, textarea, details, dialog"));
    if (!elsewhere && (this.acts.some((each) => each.event.type === "keydown") || !/Enter|Space|Escape|Arrow/.test(key))) this.takes(event, key);
  }

  /** @param {KeyboardEvent | MouseEvent} event */
  #add(event) {
    this.acts.push({ event, top: scrollY, blind: this.blind });
  }

  /** Say whether a key must wait: for something that is on its way or was held before it, or for words chosen in the text. */
  get any() {
    return this.on && (this.shut || this.acts.length > 0 || getSelection()?.isCollapsed === false);
  }

  /** Keep a key, unless it is the browser's own; returns whether it was kept. @param {KeyboardEvent} event @param {string} key */
  takes(event, key) {
    if (!this.on || !key || !(this.acts.length ? !BROWSERS.test(key) : FIRST.test(key))) return false;
    this.#add(event);
    event.preventDefault();
    return true;
  }

  /** Let keys and clicks pass from now on. */
  end() {
    this.leave.abort();
    this.on = this.shut = false;
  }
}
