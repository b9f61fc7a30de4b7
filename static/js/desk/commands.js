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
  { id: "grow-left", name: "Grow the left edge", group: DECIDE, keys: ["[", "q"], changes: true, run: (bench) => decide.edges(bench, -1, 0) },
  { id: "grow-right", name: "Grow the right edge", group: DECIDE, keys: ["]", "e"], changes: true, run: (bench) => decide.edges(bench, 0, 1) },
  { id: "shrink-left", name: "Shrink the left edge", group: DECIDE, keys: ["{", "Q"], changes: true, run: (bench) => decide.edges(bench, 1, 0) },
  { id: "shrink-right", name: "Shrink the right edge", group: DECIDE, keys: ["}", "E"], changes: true, run: (bench) => decide.edges(bench, 0, -1) },
  { id: "paragraph", name: "Accept what is undecided in the paragraph", group: DECIDE, keys: ["Space"], when: inText, changes: true, run: decide.paragraph },
  { id: "all", name: "Accept all that is undecided", group: DECIDE, keys: ["!"], changes: true, run: decide.all },
  { id: "undo", name: "Undo", group: DECIDE, keys: ["z", "Ctrl+Z"], changes: true, run: ({ desk }) => desk.reverse("undo") },
  { id: "redo", name: "Redo", group: DECIDE, keys: ["Z", "Ctrl+Shift+Z", "Ctrl+Y"], changes: true, run: ({ desk }) => desk.reverse("redo") },
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
