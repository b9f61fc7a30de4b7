// @ts-check
/** @import { Finding } from "./checks.js" */
/** @import { Bench } from "./bench.js" */
/* Live consistency help on the page: what looks wrong, where to go, and how to let it stand. */

import { findings } from "./checks.js";
import { h, hook } from "./dom.js";
import { Waivers } from "./waivers.js";

const PAUSE = 400;
const MOST = 12;

export class Review {
  /** @param {Bench} bench @param {Storage | null} shelf */
  constructor(bench, shelf) {
    this.bench = bench;
    this.waivers = new Waivers(bench.desk.data, shelf);
    this.root = hook("findings");
    /** @type {Finding[]} */
    this.open = [];
    /** @type {Finding[]} what was let stand */
    this.closed = [];
    bench.desk.addEventListener("change", () => this.later());
    this.later();
  }

  /** Look again when the hands rest. */
  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), PAUSE);
  }

  draw() {
    const { standing } = this.waivers;
    const { open = [], closed = [] } = Object.groupBy(findings(this.bench.desk.model), ({ key }) => (standing.has(key) ? "closed" : "open"));
    this.open = open;
    this.closed = closed;
    this.root.hidden = !open.length && !closed.length;
    if (this.root.contains(document.activeElement) && this.root.querySelector("form:not([hidden])")) return;
    const words = open.length ? `${open.length} ${open.length === 1 ? "thing looks" : "things look"} odd ` : "Nothing looks odd ";
    this.root.replaceChildren(
      h("summary", {}, words, h("kbd", { "aria-hidden": "true" }, "W")),
      h("ul", {}, ...open.slice(0, MOST).map((finding) => this.#row(finding))),
      ...(open.length > MOST ? [h("p", { class: "small muted" }, `and ${open.length - MOST} more; W goes from one to the next.`)] : []),
      ...this.#standing());
  }

  /** @param {Finding} finding */
  #row(finding) {
    const { readonly } = this.bench.desk;
    const reason = h("input", { class: "input", placeholder: "Why it is right", "aria-label": "Why it is right", maxlength: 1000 });
    const waive = h("form", { hidden: true, class: "row" }, reason, h("button", { class: "button compact" }, "Let it stand"));
    waive.addEventListener("submit", (event) => {
      event.preventDefault();
      waive.hidden = true;
      this.#put(finding, reason.value.trim() || "checked", "Noted; it will not be asked about again.");
    });
    const ask = () => {
      waive.hidden = false;
      reason.focus();
    };
    return h("li", {},
      h("button", { type: "button", class: "link", on: { click: () => this.bench.desk.go(finding.item) } }, finding.sentence),
      !readonly && h("button", { type: "button", class: "button quiet compact", "aria-label": `It is right: ${finding.sentence}`, on: { click: ask } }, "It is right"),
      waive);
  }

  /** List what was let stand, with why, and the way back. */
  #standing() {
    if (!this.closed.length) return [];
    return [h("details", {}, h("summary", {}, `${this.closed.length} let stand`), h("ul", {}, ...this.closed.map((finding) => h("li", {},
      h("span", {}, `${finding.sentence} Let stand: ${this.waivers.standing.get(finding.key)}.`),
      !this.bench.desk.readonly && h("button", {
        type: "button", class: "button quiet compact", "aria-label": `Ask again: ${finding.sentence}`, on: { click: () => this.#put(finding, null, "It counts as odd again.") },
      }, "Ask again")))))];
  }

  /** @param {Finding} finding @param {string | null} reason @param {string} said */
  #put(finding, reason, said) {
    this.waivers.put(finding.key, reason);
    hook("list").focus({ preventScroll: true });
    this.draw();
    this.bench.desk.say(said);
  }

  /** Go to the next finding after the cursor. */
  next() {
    this.draw();
    const { desk } = this.bench;
    const { order } = desk.model;
    const at = desk.here ? order.indexOf(desk.here) : -1;
    const next = this.open.find(({ item }) => order.indexOf(item) > at) ?? this.open[0];
    if (!next) return desk.say("Nothing looks odd.");
    desk.go(next.item, { quiet: true });
    return desk.say(next.sentence);
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;
}
