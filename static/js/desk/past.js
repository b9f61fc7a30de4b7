// @ts-check
/** @import { Desk } from "./desk.js" */
/** @import { LogRow, Txn } from "./types.d.ts" */
/* The log of what was decided before the desk was opened: undo goes on from there, without limit. */

import { ask } from "./ask.js";
import { History } from "./history.js";

/** Return the acts of a log, each with all its changes. @param {LogRow[]} log oldest first @returns {Txn[]} */
export function txns(log) {
  return [...Map.groupBy(log, (row) => row.txn)].map(([txn, rows]) => {
    const head = /** @type {LogRow} */ (rows[0]);
    const changes = rows.map(({ kind, id, before, after }) => ({ kind, id, before, after }));
    return { txn, act: head.act, changes, at: head.at, who: head.who };
  });
}

/**
 * Put earlier decisions before those that were made here.
 * @param {Desk} desk @param {LogRow[]} log oldest first
 */
export function remember(desk, log) {
  const here = new Set(desk.past.map(({ txn }) => txn));
  const earlier = log.filter(({ txn }) => !here.has(txn));
  const undoes = new Map(earlier.map((row) => [row.txn, row.undoes ?? null]));
  const history = new History();
  const past = txns(earlier);
  for (const txn of past) history.record(txn, undoes.get(txn.txn) ?? null);
  for (const txn of desk.past) history.record(txn, desk.undoing.get(txn.txn) ?? null);
  desk.past = [...past, ...desk.past];
  desk.history = history;
  desk.partial = false;
}

/** Fetch the log; without a line, again once there is one. @param {Desk} desk */
export function fetchPast(desk) {
  desk.earlier = ask(desk.data, desk.data.urls.log).then(({ ok, body }) => {
    desk.earlier = null;
    if (ok) remember(desk, body.log);
    else addEventListener("online", () => fetchPast(desk), { once: true });
    return ok;
  });
}
