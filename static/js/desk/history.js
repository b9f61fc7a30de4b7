// @ts-check
/** @import { LogRow, Txn } from "./types.d.ts" */
/* What undo and redo go through: the log itself, so it survives a reload. */

/** Return the acts of a log, each with all its changes. @param {LogRow[]} log oldest first @returns {Txn[]} */
export function txns(log) {
  return [...Map.groupBy(log, (row) => row.txn)].map(([txn, rows]) => {
    const head = /** @type {LogRow} */ (rows[0]);
    const changes = rows.map(({ kind, id, before, after }) => ({ kind, id, before, after }));
    return { txn, act: head.act, changes, at: head.at };
  });
}

export class History {
  /** @param {LogRow[]} [log] oldest first */
  constructor(log = []) {
    /** @type {Txn[]} */
    this.done = [];
    /** @type {Txn[]} */
    this.undone = [];
    const undoes = new Map(log.map((row) => [row.txn, row.undoes ?? null]));
    for (const txn of txns(log)) this.record(txn, undoes.get(txn.txn) ?? null);
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
