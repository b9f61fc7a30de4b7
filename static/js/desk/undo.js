// @ts-check
/** @import { Txn } from "./types.d.ts" */
/** @import { Bench } from "./bench.js" */
/** @import { Desk } from "./desk.js" */
/** @import { Command } from "./keymap.js" */
/** @import { Parts } from "./later.js" */
/** @import { Model } from "./model.js" */
/* Undo and redo, without limit: each is an act of its own. */

import { DECIDE } from "./commands.js";
import { stateOf } from "./model.js";
import * as walk from "./walk.js";

/**
 * Return the changes that take an act back; what it added is marked rejected, for nothing is deleted.
 * @param {Model} model @param {Txn} txn @param {"undo" | "redo"} way
 */
function reversed(model, txn, way) {
  return txn.changes.flatMap((each) => {
    const item = model.items.get(each.id);
    if (!item) return [];
    const after = way === "redo" ? each.after : (each.before ?? { ...each.after, status: /** @type {const} */ ("rejected") });
    return [{ kind: each.kind, id: each.id, before: stateOf(item), after }];
  });
}

/**
 * Take the last act back, or do it again; keys wait while what was decided earlier is on its way.
 * @param {Desk} desk @param {"undo" | "redo"} way @param {Parts | null} [parts]
 */
export function reverse(desk, way, parts) {
  const txn = (way === "undo" ? desk.history.done : desk.history.undone).at(-1);
  if (!txn && desk.earlier) return void parts?.during(desk.earlier.then(() => reverse(desk, way)));
  if (!txn) return desk.say(desk.partial ? "What was decided earlier cannot be fetched now." : way === "undo" ? "Nothing to undo." : "Nothing to redo.");
  if (txn.elsewhere) {
    desk.history.done.splice(desk.history.done.indexOf(txn), 1);
    return desk.dispatchEvent(new CustomEvent("take-back", { detail: txn }));
  }
  const changes = reversed(desk.model, txn, way);
  if (!desk.commit(way, changes, { undoes: txn.txn, dwell: 0 })) return;
  const first = desk.model.items.get(changes[0]?.id ?? "");
  if (first) desk.go(desk.model.shown(first) ? first : walk.neighbour(desk.model, first, 1) ?? first, { quiet: true });
  const what = txn.changes.length > 1 ? `${txn.act} of ${txn.changes.length}` : txn.act;
  desk.say(`${way === "undo" ? "Undone" : "Done again"}: ${what}. ${way === "undo" ? "Shift+Z does it again." : "Z undoes."}`);
}

/** @type {Command<Bench>[]} */
export const UNDO = [
  { id: "undo", name: "Undo", group: DECIDE, keys: ["z", "Ctrl+Z"], changes: true, run: ({ desk, parts }) => reverse(desk, "undo", parts) },
  { id: "redo", name: "Redo", group: DECIDE, keys: ["Z", "Ctrl+Shift+Z", "Ctrl+Y"], changes: true, run: ({ desk, parts }) => reverse(desk, "redo", parts) },
];
