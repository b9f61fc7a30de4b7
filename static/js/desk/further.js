// @ts-check
/** @import { Bench } from "./bench.js" */
/** @import { Command } from "./keymap.js" */
/* All that the desk can do beside reviewing: frames, words of one's own, jumping, talking, looking back. */

import * as acts from "./acts.js";
import * as adding from "./adding.js";
import { parts } from "./bench.js";
import { CORE, DECIDE, go, inText, labels, MOVE, onFrame } from "./commands.js";
import { compare } from "./compare.js";
import { toggle } from "./condition.js";
import { CONFLICT } from "./conflicts.js";
import * as decide from "./decide.js";
import { hook } from "./dom.js";
import { EDGES } from "./edges.js";
import * as leaps from "./leaps.js";
import { slotsOf, spanOf } from "./model.js";
import { stack } from "./shaping.js";
import { UNDO } from "./undo.js";

const ADD = "Add and edit";
const DESK = "The desk";

/** @param {Bench} bench */
const inCaret = (bench) => parts(bench).caret.on;
/** @param {Bench} bench */
const bySign = (bench) => inText(bench) && !onFrame(bench) && bench.desk.model.scheme.subtoken;

/** @param {number} way */
function region(way) {
  const regions = ["text", "list", "frames", "labels"].map(hook).filter((each) => each.offsetParent);
  const at = regions.findIndex((each) => each.contains(document.activeElement));
  const next = regions[(at + way + regions.length) % regions.length];
  (next?.matches("[tabindex]") ? next : /** @type {HTMLElement | null} */ (next?.querySelector("button, input") ?? next))?.focus();
}

/** @param {Bench} bench */
function least(bench) {
  const item = leaps.leastCertain(bench.desk.model, bench.desk.here);
  if (item && bench.desk.here) parts(bench).trail.push(bench.desk.here);
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

/** Accept everything that is undecided, as one step and marked so. @param {Bench} bench */
function all(bench) {
  const { desk } = bench;
  const waiting = desk.model.order.filter((item) => item.status === "suggested");
  const ready = waiting.filter((item) => !decide.lacks(bench, item).length);
  if (!desk.commit("bulk", acts.decide(ready, "accepted"), { bulk: true, dwell: 0 })) return desk.say("Nothing is undecided.");
  const left = waiting.length - ready.length;
  const onward = left ? `${left} lack a slot; N goes there.` : "Shift+Enter finishes.";
  return desk.say(`Accepted the remaining ${ready.length}, marked as accepted in bulk. Z undoes. ${onward}`);
}

/** @param {Bench} bench */
function enter(bench) {
  const { here } = bench.desk;
  if (here && here.kind !== "entity") parts(bench).frames.enter(here);
  else if (parts(bench).caret.on) parts(bench).chooser.ask();
  else decide.decide(bench, "accepted");
}

/** @param {Bench} bench */
function caret(bench) {
  const span = bench.desk.chosen ?? (bench.desk.here ? spanOf(bench.desk.here) : null);
  if (span) parts(bench).caret.enter([span[0], span[0] + 1]);
  bench.desk.say("Caret: arrows move, Shift extends, a digit or T labels, S and C start a frame, Escape leaves.");
}

/** @param {"queue" | "articles" | "board" | "adjudication"} place @param {string} key @param {string} name @returns {Command<Bench>} */
const leave = (place, key, name) => ({ id: place, name, group: DESK, keys: [`g ${key}`], when: ({ desk }) => !!desk.data.urls[place], run: ({ desk }) => location.assign(desk.data.urls[place] ?? "") });

/** @type {Command<Bench>[]} */
const TABLE = [
  { id: "all", name: "Accept all that is undecided", group: DECIDE, keys: ["!"], changes: true, run: all },
  { id: "enter", name: "Accept; on a frame, edit it", group: DECIDE, keys: ["Enter"], when: (bench) => !bench.desk.picking, changes: true, run: enter },
  { id: "take", name: "Take the chosen words for the slot", group: DECIDE, keys: ["Enter"], when: (bench) => !!bench.desk.picking, changes: true, run: adding.fillPicked },
  { id: "type-label", name: "Label by its letters", group: DECIDE, keys: ["t"], when: (bench) => !onFrame(bench), changes: true, run: (bench) => parts(bench).chooser.ask() },
  { id: "right-back", name: "Right edge: a character less", group: DECIDE, keys: ["Shift+ArrowLeft"], when: bySign, changes: true, run: (bench) => adding.signs(bench, 0, -1) },
  { id: "right-on", name: "Right edge: a character more", group: DECIDE, keys: ["Shift+ArrowRight"], when: bySign, changes: true, run: (bench) => adding.signs(bench, 0, 1) },
  { id: "left-back", name: "Left edge: a character more", group: DECIDE, keys: ["Ctrl+Shift+ArrowLeft"], when: bySign, changes: true, run: (bench) => adding.signs(bench, -1, 0) },
  { id: "left-on", name: "Left edge: a character less", group: DECIDE, keys: ["Ctrl+Shift+ArrowRight"], when: bySign, changes: true, run: (bench) => adding.signs(bench, 1, 0) },
  { id: "same", name: "Same decision for the other mentions", group: DECIDE, keys: ["p"], when: (bench) => !onFrame(bench), changes: true, run: (bench) => parts(bench).spread.open() },
  { id: "same-queue", name: "Same decision across my queue", group: DECIDE, keys: ["P"], when: (bench) => !onFrame(bench), changes: true, run: (bench) => void parts(bench).elsewhere.open() },
  { id: "least", name: "Least certain", group: MOVE, keys: ["u"], run: least },
  { id: "back", name: "Back from there", group: MOVE, keys: ["U"], run: (bench) => go(bench, parts(bench).trail.pop() ?? null, "There is nowhere to go back to.") },
  { id: "next-paragraph", name: "Next paragraph", group: MOVE, keys: ["J"], run: (bench) => go(bench, leaps.paragraph(bench.desk.model, bench.desk.here, 1), "This is the last paragraph.") },
  { id: "previous-paragraph", name: "Previous paragraph", group: MOVE, keys: ["K"], run: (bench) => go(bench, leaps.paragraph(bench.desk.model, bench.desk.here, -1), "This is the first paragraph.") },
  { id: "hints", name: "Jump to what is undecided in view", group: MOVE, keys: ["f"], run: (bench) => parts(bench).hints.show() },
  { id: "find", name: "Find words in the article", group: MOVE, keys: ["/"], when: inText, run: (bench) => parts(bench).find.open() },
  { id: "cycle", name: "Through what overlaps here", group: MOVE, keys: ["o"], when: (bench) => !onFrame(bench), run: cycle },
  { id: "regions", name: "Next region", group: MOVE, keys: ["F6"], run: () => region(1) },
  { id: "regions-back", name: "Previous region", group: MOVE, keys: ["Shift+F6"], run: () => region(-1) },
  { id: "look", name: "Next thing that looks wrong", group: MOVE, keys: ["w"], run: (bench) => parts(bench).review.next() },
  { id: "caret", name: "Caret mode, to choose words", group: ADD, keys: ["i"], when: inText, changes: true, run: caret },
  { id: "split", name: "Split before the caret", group: ADD, keys: ["/"], when: inCaret, changes: true, run: adding.split },
  { id: "merge", name: "Merge with the next of the same label", group: ADD, keys: ["m"], when: (bench) => !onFrame(bench), changes: true, run: adding.merge },
  { id: "link", name: "Link to an actor", group: ADD, keys: ["l"], when: (bench) => !onFrame(bench), changes: true, run: () => document.getElementById("link")?.focus() },
  { id: "stance", name: "New stance", group: ADD, keys: ["S"], changes: true, run: (bench) => adding.frame(bench, "stance") },
  { id: "stance-here", name: "New stance", group: ADD, keys: ["s"], when: (bench) => !onFrame(bench), changes: true, run: (bench) => adding.frame(bench, "stance") },
  { id: "commitment", name: "New commitment", group: ADD, keys: ["C"], changes: true, run: (bench) => adding.frame(bench, "commitment") },
  { id: "commitment-here", name: "New commitment", group: ADD, keys: ["c"], when: (bench) => !onFrame(bench), changes: true, run: (bench) => adding.frame(bench, "commitment") },
  { id: "actor-here", name: "Actor: pick it in the text by letters", group: ADD, keys: ["@"], when: onFrame, changes: true, run: adding.actorInText },
  { id: "wider", name: "Evidence: one sentence more", group: ADD, keys: ["."], when: onFrame, changes: true, run: (bench) => adding.evidence(bench, 1) },
  { id: "narrower", name: "Evidence: one sentence less", group: ADD, keys: [","], when: onFrame, changes: true, run: (bench) => adding.evidence(bench, -1) },
  { id: "condition-found", name: "Condition: take the one found, or drop it (D where d is a slot)", group: ADD, keys: ["d", "D"], when: onFrame, changes: true, run: toggle },

  { id: "finish", name: "Finish and open the next article", group: DESK, keys: ["Shift+Enter"], run: (bench) => parts(bench).finish.finish() },
  { id: "skip", name: "Skip this article, with a reason", group: DESK, keys: [], changes: true, run: (bench) => parts(bench).finish.skip() },
  { id: "reopen", name: "Reopen this article", group: DESK, keys: [], when: (bench) => bench.desk.readonly, run: (bench) => parts(bench).finish.reopen() },
  { id: "ask", name: "Ask, note or flag this passage", group: DESK, keys: ["b"], when: (bench) => !onFrame(bench), run: (bench) => parts(bench).talk.open() },
  { id: "history", name: "History, and back to an earlier state", group: DESK, keys: ["H"], run: (bench) => parts(bench).timeline.open() },
  { id: "compare", name: "Compare with what was proposed", group: DESK, keys: ["v"], when: (bench) => !onFrame(bench), run: compare },
  { id: "guideline", name: "Guideline, at this label or slot", group: DESK, keys: ["r", "F1"], run: (bench) => parts(bench).guide.toggle() },
  { id: "palette", name: "All commands", group: DESK, keys: ["Ctrl+K"], run: (bench) => parts(bench).palette.open() },
  { id: "keys", name: "All keys, to print or to change", group: DESK, keys: ["?"], run: (bench) => parts(bench).keylist.open() },
  leave("queue", "q", "Go to the queue"),
  leave("articles", "l", "Go to the list of articles"),
  leave("board", "d", "Go to the board"),
  leave("adjudication", "a", "Go to adjudication"),
];

/** Return every command: the tables, a digit for each label that has one, a letter for each slot. @param {Bench} bench */
export function commands(bench) {
  const { scheme } = bench.desk.model;
  const slots = (/** @type {const} */ (["stance", "commitment"])).flatMap((kind) => slotsOf(scheme, kind).filter((slot) => slot.key).map((slot) => ({
    id: `${kind}-${slot.name}`, name: `${kind === "stance" ? "Stance" : "Commitment"}: ${slot.title.toLowerCase()}`, group: "Slots", keys: [slot.key ?? ""],
    when: (/** @type {Bench} */ each) => onFrame(each) && each.desk.here?.kind === kind,
    run: (/** @type {Bench} */ each) => openSlot(each, slot.name),
  })));
  const choices = slotsOf(scheme, "stance").flatMap((slot) => slot.choices.filter((choice) => choice.key).map((choice) => ({
    id: `choice-${slot.name}-${choice.name}`, name: `${slot.title}: ${choice.title}`, group: "Slots", keys: [choice.key ?? ""], changes: true,
    when: (/** @type {Bench} */ each) => onFrame(each) && each.desk.here?.kind === "stance",
    run: (/** @type {Bench} */ each) => adding.choose(each, slot.name, choice.name),
  })));
  const first = CORE.filter(({ id }) => id === "accept" || id === "reject");
  const take = TABLE.filter(({ id }) => id === "take");
  const more = TABLE.filter(({ id }) => id !== "take");
  return [...CONFLICT, ...first, ...take, ...slots, ...choices, ...labels(bench), ...CORE.filter((each) => !first.includes(each)), ...EDGES, ...UNDO, ...more];
}

/** @param {Bench} bench @param {string} name */
function openSlot(bench, name) {
  const { desk } = bench;
  if (!desk.here || desk.here.kind === "entity") return;
  const slot = slotsOf(desk.model.scheme, desk.here.kind).find((each) => each.name === name);
  if (slot?.kind !== "span") return parts(bench).frames.focus(name);
  if (desk.readonly) return;
  desk.pick(desk.here, slot);
  const value = desk.here.slots[name];
  parts(bench).caret.enter(Array.isArray(value) ? value : [spanOf(desk.here)[0], spanOf(desk.here)[0] + 1]);
  desk.say(`${slot.title}: choose the words with the mouse, or arrows and Shift; Enter takes them, Escape leaves.`);
}
