// @ts-check
/** @import { Label } from "./types.d.ts" */
/** @import { ArticleView } from "./article.js" */
/** @import { Desk } from "./desk.js" */
/* The small window by the text: labels for words that were chosen, and labels by typing. */

import { combo } from "./combo.js";
import { h, hook } from "./dom.js";
import { spanOf } from "./model.js";

export class Chooser {
  /** @param {Desk} desk @param {ArticleView} view @param {(label: Label) => void} take */
  constructor(desk, view, take) {
    this.desk = desk;
    this.view = view;
    this.take = take;
    this.box = hook("chooser");
    desk.addEventListener("chosen", () => (desk.chosen && !desk.picking ? this.#offer() : this.close()));
    desk.addEventListener("cursor", () => this.close());
  }

  /** @param {(Node | string)[]} content */
  #show(...content) {
    const span = this.desk.chosen ?? (this.desk.here ? spanOf(this.desk.here) : null);
    const box = span ? this.view.ranges(span)[0]?.getBoundingClientRect() : null;
    if (!box) return;
    this.box.replaceChildren(...content);
    this.box.hidden = false;
    const width = this.box.offsetWidth;
    this.box.style.left = `${Math.max(8, Math.min(box.left + scrollX, document.documentElement.clientWidth - width - 8))}px`;
    const below = box.bottom + 6 + this.box.offsetHeight < innerHeight;
    this.box.style.top = `${(below ? box.bottom + 6 : box.top - 24 - this.box.offsetHeight) + scrollY}px`;
  }

  /** Offer every label for the chosen words. */
  #offer() {
    const { labels } = this.desk.model.scheme;
    const words = this.desk.chosen ? this.desk.model.text.quote(this.desk.chosen) : "";
    this.#show(
      h("p", { class: "chosen-words" }, `“${words}”`),
      h("div", { class: "labels" }, ...labels.map((label) =>
        h("button", { type: "button", class: `label hue-${label.hue}`, title: label.rule, on: { click: () => this.take(label) } },
          /^\d$/.test(label.key ?? "") && h("kbd", { "aria-hidden": "true" }, label.key), label.title))),
    );
  }

  /** Ask for a label by its letters. */
  ask() {
    const { labels } = this.desk.model.scheme;
    const home = hook("list");
    const field = combo({
      name: "label-by-name", label: "Label", shown: "",
      options: () => labels.map(({ name, title, key }) => ({ value: name, title, note: name, key })),
      leave: () => {
        this.close();
        home.focus({ preventScroll: true });
      },
      take: (option) => {
        const label = labels.find((each) => each.name === option?.value);
        this.close();
        home.focus({ preventScroll: true });
        if (label) this.take(label);
      },
    });
    this.#show(field);
    field.querySelector("input")?.focus({ preventScroll: true });
  }

  close() {
    if (this.box.hidden) return;
    this.box.hidden = true;
    this.box.replaceChildren();
  }
}
