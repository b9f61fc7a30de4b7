// @ts-check
/** @import { Desk } from "./desk.js" */
/* Most of an article done: the next one is fetched into the browser's cache, so that it is there when this one is finished. */

import { call } from "./wire.js";

const SHARE = 0.8;

export class Ahead {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.done = false;
    desk.addEventListener("change", () => this.look());
    this.look();
  }

  /** Fetch the next article once most of this one is decided; without a line, at a later decision. */
  look() {
    const { model, readonly, data } = this.desk;
    if (this.done || readonly || model.left > model.items.size * (1 - SHARE)) return;
    this.done = true;
    this.#fetch(data.urls.ahead).catch(() => (this.done = false));
  }

  /** @param {string} url */
  async #fetch(url) {
    const { status, body } = await call(url, "");
    if (status === 200 && body.article) await call(body.article, "");
  }
}
