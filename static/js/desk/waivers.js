// @ts-check
/** @import { Data } from "./types.d.ts" */
/* What looks odd and was said to be right: known to the server, and kept here until it is. */

import { uuid } from "./acts.js";
import { post } from "./wire.js";

/** @typedef {{ key: string, finding: string, reason: string | null }} Waiver no reason: ask again */

export class Waivers {
  /** @param {Data} data @param {Pick<Storage, "getItem" | "setItem"> | null} shelf */
  constructor(data, shelf) {
    this.data = data;
    this.shelf = shelf;
    this.place = `waiving-${data.me.id}-${data.item.id}`;
    /** @type {Waiver[]} not with the server yet */
    this.waiting = [];
    try {
      this.waiting = JSON.parse(shelf?.getItem(this.place) ?? "[]");
    } catch {
      this.waiting = [];
    }
    /** @type {Map<string, string>} reasons by finding */
    this.standing = new Map(Object.entries(data.waived));
    for (const each of this.waiting) this.#take(each);
    addEventListener("online", () => void this.send());
    void this.send();
  }

  /** Let something stand for a reason, or have it asked about again. @param {string} finding @param {string | null} reason */
  put(finding, reason) {
    const waiver = { key: uuid(), finding, reason };
    this.#take(waiver);
    this.waiting.push(waiver);
    this.#keep();
    void this.send();
  }

  /** Send what waits, in order; what the server refuses is not sent again, what it cannot be asked waits on. */
  async send() {
    const [first] = this.waiting;
    if (!first || this.busy) return;
    this.busy = true;
    const answer = await post(this.data, this.data.urls.waivers, first).catch(() => null);
    this.busy = false;
    if (!answer || answer.status >= 500) return;
    this.waiting = this.waiting.filter((each) => each !== first);
    this.#keep();
    await this.send();
  }

  /** @param {Waiver} waiver */
  #take({ finding, reason }) {
    if (reason === null) this.standing.delete(finding);
    else this.standing.set(finding, reason);
  }

  #keep() {
    this.shelf?.setItem(this.place, JSON.stringify(this.waiting));
  }

  busy = false;
}
