// @ts-check
/** @import { Finding } from "./checks.js" */
/** @import { Bench } from "./bench.js" */
/* Live consistency help on the page: what looks wrong, where to go, and how to let it stand. */

import { findings } from "./checks.js";
import { h, hook } from "./dom.js";

const PAUSE = 400;

export class Review {
  /** @param {Bench} bench @param {Pick<Storage, "getItem" | "setItem"> | null} storage */
  constructor(bench, storage) {
    this.bench = bench;
    this.storage = storage;
    this.place = `waived/${bench.desk.lane}`;
    this.root = hook("findings");
    /** @type {Finding[]} */
    this.open = [];
    /** @type {Record<string, string>} */
    this.waived = {};
    try {
      this.waived = JSON.parse(storage?.getItem(this.place) ?? "{}");
    } catch {
      this.waived = {};
    }
    bench.desk.addEventListener("change", () => this.later());
    this.later();
  }

  /** Look again when the hands rest. */
  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), PAUSE);
  }

  draw() {
    this.open = findings(this.bench.desk.model).filter(({ key }) => !(key in this.waived));
    const box = /** @type {HTMLDetailsElement} */ (this.root);
    box.hidden = !this.open.length;
    const count = this.open.length;
    const summary = h("summary", {}, `${count} ${count === 1 ? "thing looks" : "things look"} odd `, h("kbd", { "aria-hidden": "true" }, "W"));
    box.replaceChildren(summary, h("ul", {}, ...this.open.slice(0, 12).map((finding) => this.#row(finding))));
  }

  /** @param {Finding} finding */
  #row(finding) {
    const reason = h("input", { class: "input", placeholder: "Why it is right", "aria-label": "Why it is right" });
    const waive = h("form", { hidden: true, class: "row" }, reason, h("button", { class: "button compact" }, "Let it stand"));
    waive.addEventListener("submit", (event) => {
      event.preventDefault();
      this.waived[finding.key] = reason.value.trim() || "checked";
      this.storage?.setItem(this.place, JSON.stringify(this.waived));
      this.draw();
      this.bench.desk.say("Noted; it will not be asked about again.");
    });
    return h("li", {},
      h("button", { type: "button", class: "link", on: { click: () => this.bench.desk.go(finding.item) } }, finding.sentence),
      h("button", { type: "button", class: "button quiet compact", "aria-label": `This is right: ${finding.sentence}`, on: { click: () => {
        waive.hidden = false;
        reason.focus();
      } } }, "It is right"), waive);
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
