// @ts-check
/** @import { LogRow, Txn } from "./types.d.ts" */
/* What undo and redo go through: the log itself, so it survives a reload. */

export class History {
  /** @param {LogRow[]} [log] oldest first */
  constructor(log = []) {
    /** @type {Txn[]} */
    this.done = [];
    /** @type {Txn[]} */
    this.undone = [];
    for (const [txn, rows] of Map.groupBy(log, (row) => row.txn)) {
      const head = /** @type {LogRow} */ (rows[0]);
      const changes = rows.map(({ kind, id, before, after }) => ({ kind, id, before, after }));
      this.record({ txn, act: head.act, changes }, head.undoes ?? null);
    }
  }

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
