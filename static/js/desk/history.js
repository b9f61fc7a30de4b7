// @ts-check
/** @import { Txn } from "./types.d.ts" */
/* What undo and redo go through; past.js puts the log of earlier days before it. */

export class History {
  /** @type {Txn[]} */
  done = [];
  /** @type {Txn[]} */
  undone = [];

  /**
   * Take note of an act; one that undoes or redoes another moves that one.
   * @param {Txn} txn @param {string | null} [undoes]
   */
  record(txn, undoes = null) {
    if (txn.act === "undo") this.#move(this.done, this.undone, undoes);
    else if (txn.act === "redo") this.#move(this.undone, this.done, undoes);
    else {
      this.done.push(txn);
      this.undone.length = 0;
    }
  }

  /** @param {Txn[]} from @param {Txn[]} to @param {string | null} txn */
  #move(from, to, txn) {
    const index = from.findLastIndex((each) => each.txn === txn);
    if (index >= 0) to.push(...from.splice(index, 1));
  }
}
