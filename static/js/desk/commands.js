// @ts-check
/** @import { Item } from "./types.d.ts" */
/** @import { Bench } from "./bench.js" */
/** @import { Command } from "./keymap.js" */
/* The commands that a review is made of, there as soon as the text is; what else there is stands in further.js. */

import * as decide from "./decide.js";
import * as walk from "./walk.js";

export const DECIDE = "Decide";
export const MOVE = "Move";

/** @param {Bench} bench */
export const onFrame = ({ desk, parts }) => !parts?.caret.on && !desk.chosen && !!desk.here && desk.here.kind !== "entity";
/** @param {Bench} bench */
export const inText = ({ parts }) => !parts?.caret.on;
/** @param {Bench} bench @param {Item | null} item @param {string} otherwise */
export const go = ({ desk }, item, otherwise) => (item ? desk.go(item) : desk.say(otherwise));

/** @type {Command<Bench>[]} */
export const CORE = [
  { id: "accept", name: "Accept", group: DECIDE, keys: ["a", "Ctrl+Enter"], changes: true, run: (bench) => decide.decide(bench, "accepted") },
  { id: "reject", name: "Reject", group: DECIDE, keys: ["x", "Delete"], changes: true, run: (bench) => decide.decide(bench, "rejected") },
  { id: "paragraph", name: "Accept what is undecided in the paragraph", group: DECIDE, keys: ["Space"], when: inText, changes: true, run: decide.paragraph },
  { id: "next", name: "Next", group: MOVE, keys: ["j", "ArrowDown"], when: inText, run: (bench) => go(bench, walk.neighbour(bench.desk.model, bench.desk.here, 1), "This is the last.") },
  { id: "previous", name: "Previous", group: MOVE, keys: ["k", "ArrowUp"], when: inText, run: (bench) => go(bench, walk.neighbour(bench.desk.model, bench.desk.here, -1), "This is the first.") },
  { id: "next-open", name: "Next undecided", group: MOVE, keys: ["n"], run: (bench) => go(bench, walk.undecided(bench.desk.model, bench.desk.here), "Nothing else is undecided.") },
  { id: "previous-open", name: "Previous undecided", group: MOVE, keys: ["N"], run: (bench) => go(bench, walk.undecided(bench.desk.model, bench.desk.here, -1), "Nothing else is undecided.") },
];

/** Return a command for each label that has a digit. @param {Bench} bench @returns {Command<Bench>[]} */
export const labels = (bench) =>
  bench.desk.model.scheme.labels.filter((label) => /^\d$/.test(label.key ?? "")).map((label) => ({
    id: `label-${label.name}`, name: `Label: ${label.title}`, group: "Labels", keys: [label.key ?? ""], changes: true,
    when: (each) => !onFrame(each),
    run: (each) => decide.label(each, label),
  }));
