// @ts-check
/** @import { Item } from "./types.d.ts" */
/** @import { Bench } from "./bench.js" */
/** @import { Command } from "./keymap.js" */
/* Every command of the desk: its name, its keys, what it does. Buttons and the palette use the same table. */

import { stack } from "./acts.js";
import { compare } from "./compare.js";
import * as decide from "./decide.js";
import { hook } from "./dom.js";
import { slotsOf, spanOf } from "./model.js";
import * as walk from "./walk.js";

const DECIDE = "Decide";
const MOVE = "Move";
const ADD = "Add and edit";
const DESK = "The desk";

/** @param {Bench} bench */
const onFrame = ({ desk, caret }) => !caret.on && !desk.chosen && !!desk.here && desk.here.kind !== "entity";
/** @param {Bench} bench */
const inCaret = ({ caret }) => caret.on;
/** @param {Bench} bench */
const inText = ({ caret }) => !caret.on;
/** @param {Bench} bench */
const bySign = (bench) => inText(bench) && !onFrame(bench) && bench.desk.model.scheme.subtoken;

/** @param {Bench} bench @param {Item | null} item @param {string} otherwise */
const go = ({ desk }, item, otherwise) => (item ? desk.go(item) : desk.say(otherwise));

/** @param {number} way */
function region(way) {
  const regions = ["text", "list", "frames", "labels"].map(hook).filter((each) => each.offsetParent);
  const at = regions.findIndex((each) => each.contains(document.activeElement));
  const next = regions[(at + way + regions.length) % regions.length];
  (next?.matches("[tabindex]") ? next : /** @type {HTMLElement | null} */ (next?.querySelector("button, input") ?? next))?.focus();
}

/** @param {Bench} bench */
function least(bench) {
  const item = walk.leastCertain(bench.desk.model, bench.desk.here);
  if (item && bench.desk.here) bench.trail.push(bench.desk.here);
  go(bench, item, "Nothing else is undecided.");
}

/** @param {Bench} bench */
function cycle(bench) {
  const { desk } = bench;
  if (!desk.here) return;
  const items = stack(desk.model, desk.here);
  go(bench, items[(items.indexOf(desk.here) + 1) % items.length] ?? null, "");
  if (items.length < 2) desk.say("Nothing overlaps here.");
}

/** @param {Bench} bench */
function enter(bench) {
  const { here } = bench.desk;
  if (here && here.kind !== "entity") bench.frames.enter(here);
  else if (bench.caret.on) bench.chooser.ask();
  else decide.decide(bench, "accepted");
}

/** @param {Bench} bench */
function caret(bench) {
  const span = bench.desk.chosen ?? (bench.desk.here ? spanOf(bench.desk.here) : null);
  if (span) bench.caret.enter([span[0], span[0] + 1]);
  bench.desk.say("Caret: arrows move, Shift extends, a digit or T labels, S and C start a frame, Escape leaves.");
}

/** @param {Bench} bench */
const inConflict = ({ caret, desk }) => !caret.on && !desk.chosen && !!desk.here?.conflict;
/** @param {"mine" | "theirs"} whose @returns {(bench: Bench) => void} */
const settle = (whose) => ({ desk }) => desk.here && desk.resolve(desk.here, whose);

/** @type {Command<Bench>[]} what digits mean while another's decision stands against mine, whatever they mean else */
const CONFLICT = [
  { id: "keep-mine", name: "In a conflict: keep mine", group: DECIDE, keys: ["1"], when: inConflict, changes: true, run: settle("mine") },
  { id: "take-theirs", name: "In a conflict: take the other decision", group: DECIDE, keys: ["2"], when: inConflict, changes: true, run: settle("theirs") },
  { id: "to-lead", name: "In a conflict: keep mine and ask the lead", group: DECIDE, keys: ["3"], when: inConflict, changes: true, run: (bench) => bench.talk.dispute() },
];

/** @type {Command<Bench>[]} */
const TABLE = [
  { id: "accept", name: "Accept", group: DECIDE, keys: ["a", "Ctrl+Enter"], changes: true, run: (bench) => decide.decide(bench, "accepted") },
  { id: "enter", name: "Accept; on a frame, edit it", group: DECIDE, keys: ["Enter"], when: (bench) => !bench.desk.picking, changes: true, run: enter },
  { id: "take", name: "Take the chosen words for the slot", group: DECIDE, keys: ["Enter"], when: (bench) => !!bench.desk.picking, changes: true, run: decide.fillPicked },
  { id: "reject", name: "Reject", group: DECIDE, keys: ["x", "Delete"], changes: true, run: (bench) => decide.decide(bench, "rejected") },
  { id: "type-label", name: "Label by its letters", group: DECIDE, keys: ["t"], when: (bench) => !onFrame(bench), changes: true, run: (bench) => bench.chooser.ask() },
  { id: "grow-left", name: "Grow the left edge", group: DECIDE, keys: ["[", "q"], changes: true, run: (bench) => decide.edges(bench, -1, 0) },
  { id: "grow-right", name: "Grow the right edge", group: DECIDE, keys: ["]", "e"], changes: true, run: (bench) => decide.edges(bench, 0, 1) },
  { id: "shrink-left", name: "Shrink the left edge", group: DECIDE, keys: ["{", "Q"], changes: true, run: (bench) => decide.edges(bench, 1, 0) },
  { id: "shrink-right", name: "Shrink the right edge", group: DECIDE, keys: ["}", "E"], changes: true, run: (bench) => decide.edges(bench, 0, -1) },
  { id: "right-back", name: "Right edge: a character less", group: DECIDE, keys: ["Shift+ArrowLeft"], when: bySign, changes: true, run: (bench) => decide.signs(bench, 0, -1) },
  { id: "right-on", name: "Right edge: a character more", group: DECIDE, keys: ["Shift+ArrowRight"], when: bySign, changes: true, run: (bench) => decide.signs(bench, 0, 1) },
  { id: "left-back", name: "Left edge: a character more", group: DECIDE, keys: ["Ctrl+Shift+ArrowLeft"], when: bySign, changes: true, run: (bench) => decide.signs(bench, -1, 0) },
  { id: "left-on", name: "Left edge: a character less", group: DECIDE, keys: ["Ctrl+Shift+ArrowRight"], when: bySign, changes: true, run: (bench) => decide.signs(bench, 1, 0) },
  { id: "paragraph", name: "Accept what is undecided in the paragraph", group: DECIDE, keys: ["Space"], when: inText, changes: true, run: decide.paragraph },
  { id: "all", name: "Accept all that is undecided", group: DECIDE, keys: ["!"], changes: true, run: decide.all },
  { id: "same", name: "Same decision for the other mentions", group: DECIDE, keys: ["p"], when: (bench) => !onFrame(bench), changes: true, run: (bench) => bench.spread.open() },
  { id: "same-queue", name: "Same decision across my queue", group: DECIDE, keys: ["P"], when: (bench) => !onFrame(bench), changes: true, run: (bench) => void bench.elsewhere.open() },
  { id: "undo", name: "Undo", group: DECIDE, keys: ["z", "Ctrl+Z"], changes: true, run: ({ desk }) => desk.reverse("undo") },
  { id: "redo", name: "Redo", group: DECIDE, keys: ["Z", "Ctrl+Shift+Z", "Ctrl+Y"], changes: true, run: ({ desk }) => desk.reverse("redo") },

  { id: "next", name: "Next", group: MOVE, keys: ["j", "ArrowDown"], when: inText, run: (bench) => go(bench, walk.neighbour(bench.desk.model, bench.desk.here, 1), "This is the last.") },
  { id: "previous", name: "Previous", group: MOVE, keys: ["k", "ArrowUp"], when: inText, run: (bench) => go(bench, walk.neighbour(bench.desk.model, bench.desk.here, -1), "This is the first.") },
  { id: "next-open", name: "Next undecided", group: MOVE, keys: ["n"], run: (bench) => go(bench, walk.undecided(bench.desk.model, bench.desk.here), "Nothing else is undecided.") },
  { id: "previous-open", name: "Previous undecided", group: MOVE, keys: ["N"], run: (bench) => go(bench, walk.undecided(bench.desk.model, bench.desk.here, -1), "Nothing else is undecided.") },
  { id: "least", name: "Least certain", group: MOVE, keys: ["u"], run: least },
  { id: "back", name: "Back from there", group: MOVE, keys: ["U"], run: (bench) => go(bench, bench.trail.pop() ?? null, "There is nowhere to go back to.") },
  { id: "next-paragraph", name: "Next paragraph", group: MOVE, keys: ["J"], run: (bench) => go(bench, walk.paragraph(bench.desk.model, bench.desk.here, 1), "This is the last paragraph.") },
  { id: "previous-paragraph", name: "Previous paragraph", group: MOVE, keys: ["K"], run: (bench) => go(bench, walk.paragraph(bench.desk.model, bench.desk.here, -1), "This is the first paragraph.") },
  { id: "hints", name: "Jump to what is undecided in view", group: MOVE, keys: ["f"], run: (bench) => bench.hints.show() },
  { id: "find", name: "Find words in the article", group: MOVE, keys: ["/"], when: inText, run: (bench) => bench.find.open() },
  { id: "cycle", name: "Through what overlaps here", group: MOVE, keys: ["o"], when: (bench) => !onFrame(bench), run: cycle },
  { id: "regions", name: "Next region", group: MOVE, keys: ["F6"], run: () => region(1) },
  { id: "regions-back", name: "Previous region", group: MOVE, keys: ["Shift+F6"], run: () => region(-1) },
  { id: "look", name: "Next thing that looks wrong", group: MOVE, keys: ["w"], run: (bench) => bench.review.next() },

  { id: "caret", name: "Caret mode, to choose words", group: ADD, keys: ["i"], when: inText, changes: true, run: caret },
  { id: "split", name: "Split before the caret", group: ADD, keys: ["/"], when: inCaret, changes: true, run: decide.split },
  { id: "merge", name: "Merge with the next of the same label", group: ADD, keys: ["m"], when: (bench) => !onFrame(bench), changes: true, run: decide.merge },
  { id: "link", name: "Link to an actor", group: ADD, keys: ["l"], when: (bench) => !onFrame(bench), changes: true, run: () => document.getElementById("link")?.focus() },
  { id: "stance", name: "New stance", group: ADD, keys: ["S"], changes: true, run: (bench) => decide.frame(bench, "stance") },
  { id: "stance-here", name: "New stance", group: ADD, keys: ["s"], when: (bench) => !onFrame(bench), changes: true, run: (bench) => decide.frame(bench, "stance") },
  { id: "commitment", name: "New commitment", group: ADD, keys: ["C"], changes: true, run: (bench) => decide.frame(bench, "commitment") },
  { id: "commitment-here", name: "New commitment", group: ADD, keys: ["c"], when: (bench) => !onFrame(bench), changes: true, run: (bench) => decide.frame(bench, "commitment") },
  { id: "actor-here", name: "Actor: pick it in the text by letters", group: ADD, keys: ["@"], when: onFrame, changes: true, run: decide.actorInText },
  { id: "wider", name: "Evidence: one sentence more", group: ADD, keys: ["."], when: onFrame, changes: true, run: (bench) => decide.evidence(bench, 1) },
  { id: "narrower", name: "Evidence: one sentence less", group: ADD, keys: [","], when: onFrame, changes: true, run: (bench) => decide.evidence(bench, -1) },

  { id: "finish", name: "Finish and open the next article", group: DESK, keys: ["Shift+Enter"], run: (bench) => bench.finish.finish() },
  { id: "skip", name: "Skip this article, with a reason", group: DESK, keys: [], changes: true, run: (bench) => bench.finish.skip() },
  { id: "reopen", name: "Reopen this article", group: DESK, keys: [], when: (bench) => bench.desk.readonly, run: (bench) => bench.finish.reopen() },
  { id: "ask", name: "Ask, note or flag this passage", group: DESK, keys: ["b"], when: (bench) => !onFrame(bench), run: (bench) => bench.talk.open() },
  { id: "history", name: "History, and back to an earlier state", group: DESK, keys: ["H"], run: (bench) => bench.timeline.open() },
  { id: "compare", name: "Compare with what was proposed", group: DESK, keys: ["v"], when: (bench) => !onFrame(bench), run: compare },
  { id: "guideline", name: "Guideline, at this label", group: DESK, keys: ["r"], run: (bench) => bench.guide.toggle() },
  { id: "palette", name: "All commands", group: DESK, keys: ["Ctrl+K"], run: (bench) => bench.palette.open() },
  { id: "keys", name: "All keys, to print or to change", group: DESK, keys: ["?"], run: (bench) => bench.keylist.open() },
  { id: "queue", name: "Go to the queue", group: DESK, keys: ["g q"], run: ({ desk }) => location.assign(desk.data.urls.queue) },
];

/** Return the commands of a scheme: the table, a digit for each label that has one, a letter for each slot. @param {Bench} bench */
export function commands(bench) {
  const { scheme } = bench.desk.model;
  const labels = scheme.labels.filter((label) => /^\d$/.test(label.key ?? "")).map((label) => ({
    id: `label-${label.name}`, name: `Label: ${label.title}`, group: "Labels", keys: [label.key ?? ""], changes: true,
    when: (/** @type {Bench} */ each) => !onFrame(each),
    run: (/** @type {Bench} */ each) => decide.label(each, label),
  }));
  const slots = (/** @type {const} */ (["stance", "commitment"])).flatMap((kind) => slotsOf(scheme, kind).filter((slot) => slot.key).map((slot) => ({
    id: `${kind}-${slot.name}`, name: `${kind === "stance" ? "Stance" : "Commitment"}: ${slot.title.toLowerCase()}`, group: "Slots", keys: [slot.key ?? ""],
    when: (/** @type {Bench} */ each) => onFrame(each) && each.desk.here?.kind === kind,
    run: (/** @type {Bench} */ each) => openSlot(each, slot.name),
  })));
  const choices = slotsOf(scheme, "stance").flatMap((slot) => slot.choices.filter((choice) => choice.key).map((choice) => ({
    id: `choice-${slot.name}-${choice.name}`, name: `${slot.title}: ${choice.title}`, group: "Slots", keys: [choice.key ?? ""], changes: true,
    when: (/** @type {Bench} */ each) => onFrame(each) && each.desk.here?.kind === "stance",
    run: (/** @type {Bench} */ each) => each.fill(slot.name, choice.name),
  })));
  const own = [...slots, ...choices];
  return [...CONFLICT, ...TABLE.filter((command) => ["accept", "reject", "take"].includes(command.id)), ...own, ...labels, ...TABLE.filter((command) => !["accept", "reject", "take"].includes(command.id))];
}

/** @param {Bench} bench @param {string} name */
function openSlot(bench, name) {
  const { desk } = bench;
  if (!desk.here || desk.here.kind === "entity") return;
  const slot = slotsOf(desk.model.scheme, desk.here.kind).find((each) => each.name === name);
  if (slot?.kind !== "span") return bench.frames.focus(name);
  if (desk.readonly) return;
  desk.pick(desk.here, slot);
  const value = desk.here.slots[name];
  bench.caret.enter(Array.isArray(value) ? value : [spanOf(desk.here)[0], spanOf(desk.here)[0] + 1]);
  desk.say(`${slot.title}: choose the words with the mouse, or arrows and Shift; Enter takes them, Escape leaves.`);
}
