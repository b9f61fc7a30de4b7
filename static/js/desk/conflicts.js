// @ts-check
/** @import { Bench } from "./bench.js" */
/** @import { Command } from "./keymap.js" */
/** @import { Item } from "./types.d.ts" */
/* Another's decision against mine: shown inline, settled by a digit, never in the way of other work. */

import { parts } from "./bench.js";
import { DECIDE } from "./commands.js";
import { stateOf } from "./model.js";

/** @param {Bench} bench */
const inConflict = ({ desk, parts }) => !parts?.caret.on && !desk.chosen && !!desk.here?.conflict;

/**
 * Settle a conflict: mine is decided anew on top of theirs, or theirs becomes what stands here.
 * @param {Bench["desk"]} desk @param {Item} item @param {"mine" | "theirs"} whose
 */
export function resolve(desk, item, whose) {
  const { conflict } = item;
  if (!conflict) return;
  const mine = stateOf(item);
  item.conflict = null;
  const theirs = { kind: item.kind, id: item.id, after: stateOf(conflict.theirs) };
  const touched = desk.model.apply([theirs]);
  item.version = conflict.theirs.version;
  if (whose === "theirs") desk.changed(touched);
  else desk.commit("edit", [{ ...theirs, before: theirs.after, after: mine }]);
  desk.go(item, { quiet: true });
  desk.say(whose === "mine" ? "Kept yours." : `Took the decision of ${conflict.who}.`);
}

/** @param {"mine" | "theirs"} whose @returns {(bench: Bench) => void} */
const settle = (whose) => ({ desk }) => desk.here && resolve(desk, desk.here, whose);

/** @type {Command<Bench>[]} what digits mean while another's decision stands against mine, whatever they mean else */
export const CONFLICT = [
  { id: "keep-mine", name: "In a conflict: keep mine", group: DECIDE, keys: ["1"], when: inConflict, changes: true, run: settle("mine") },
  { id: "take-theirs", name: "In a conflict: take the other decision", group: DECIDE, keys: ["2"], when: inConflict, changes: true, run: settle("theirs") },
  { id: "to-lead", name: "In a conflict: keep mine and ask the lead", group: DECIDE, keys: ["3"], when: inConflict, changes: true, run: (bench) => parts(bench).talk.dispute() },
];
