// @ts-check
/** @import { Frame, Item, Label, Span, Status } from "./types.d.ts" */
/** @import { Bench } from "./bench.js" */
/* What the deciding commands do: accept, reject, relabel, edges, paragraph, all, add, frames. */

import * as acts from "./acts.js";
import { slotsOf, spanOf } from "./model.js";
import { bySentence, place, prefill } from "./prefill.js";
import { missing } from "./rules.js";
import * as walk from "./walk.js";

/** Return the object that a key acts on: what the mouse has just come to rest on, else the cursor's. @param {Bench} bench */
function target(bench) {
  const item = bench.pointer.take();
  if (item && item !== bench.desk.here) bench.desk.go(item, { scroll: false, quiet: true });
  return bench.desk.here;
}

/** Say what hinders a frame from being accepted. @param {Bench} bench @param {Item} item */
const lacks = (bench, item) => (item.kind === "entity" ? [] : missing(bench.desk.model.scheme, item));

/** @param {Bench} bench @param {Status} status */
export function decide(bench, status) {
  const { desk } = bench;
  const item = target(bench);
  if (!item) return desk.say("Nothing is under the cursor.");
  const [first] = status === "accepted" ? lacks(bench, item) : [];
  if (first) {
    bench.frames.focus(first.name);
    return desk.say(`${first.title} is still missing.`);
  }
  const words = `${status === "accepted" ? "Accepted" : "Rejected"} ${item.kind === "entity" ? desk.model.quote(item) : item.kind}`;
  if (item.status === status) return desk.onward(`Already ${status}`);
  if (!desk.commit(status === "accepted" ? "accept" : "reject", acts.decide([item], status))) return;
  bench.offer(item);
  return desk.onward(words);
}

/** Set a label; on chosen words it adds an entity. @param {Bench} bench @param {Label} label */
export function label(bench, label) {
  const { desk } = bench;
  if (desk.chosen) return add(bench, desk.chosen, label);
  const item = target(bench);
  if (item?.kind !== "entity") return desk.say("Labels are for entities; choose words in the text first.");
  if (!desk.commit("relabel", acts.relabel(item, label.name))) return;
  bench.offer(item);
  return desk.onward(`${desk.model.quote(item)} is now ${label.title}`);
}

/** @param {Bench} bench @param {Span} span @param {Label} label */
function add(bench, span, label) {
  const { desk } = bench;
  const { model } = desk;
  const standing = model.entities.filter((each) => each.status !== "rejected" && each.span[0] < span[1] && span[0] < each.span[1]);
  const same = standing.find((each) => String(each.span) === String(span));
  const twin = model.entities.find((each) => each.actor && model.quote(each) === model.text.quote(span));
  const more = twin && !same ? { actor: twin.actor, actor_id: twin.actor_id } : {};
  const removed = model.scheme.overlap || same ? [] : acts.decide(standing, "rejected");
  const changes = same ? acts.relabel(same, label.name) : [...acts.addEntity(span, label.name, more), ...removed];
  bench.caret.leave();
  desk.choose(null);
  if (!desk.commit(same ? "relabel" : "add", changes)) return;
  const item = model.items.get(changes[0]?.id ?? "");
  if (item) desk.go(item, { quiet: true });
  desk.say(`${model.text.quote(span)} is now ${label.title}${removed.length ? `, in place of ${removed.length} that it overlaps` : ""}. Z undoes.`);
  if (item) bench.offer(item);
}

/** @param {Bench} bench @param {number} start @param {number} end */
export function edges(bench, start, end) {
  const { desk } = bench;
  const item = target(bench);
  if (item?.kind !== "entity") return;
  if (desk.commit("edges", acts.edges(desk.model, item, start, end))) desk.say(`${desk.describe(item)}. Z undoes.`);
  else desk.say("The edge cannot go further.");
}

/** Move an edge by characters. @param {Bench} bench @param {number} start @param {number} end */
export function signs(bench, start, end) {
  const { desk } = bench;
  const item = target(bench);
  if (item?.kind !== "entity") return;
  if (desk.commit("edges", acts.signs(desk.model, item, start, end))) desk.say(`${desk.describe(item)}. Z undoes.`);
  else desk.say("The edge cannot go further.");
}

/** Let letters in the text name the actor of the frame under the cursor. @param {Bench} bench */
export function actorInText(bench) {
  const { desk } = bench;
  const frame = desk.here;
  if (!frame || frame.kind === "entity") return;
  const slot = slotsOf(desk.model.scheme, frame.kind).find((each) => each.kind === "actor");
  if (!slot) return;
  bench.hints.show((item) => item.kind === "entity" && item.status !== "rejected", (item) => {
    if (item.kind !== "entity") return;
    const name = item.actor ?? desk.model.quote(item);
    desk.commit("edit", acts.fill(frame, slot.name, name, item.actor_id));
    desk.go(frame, { quiet: true, scroll: false });
    desk.say(`${slot.title}: ${name}. Z undoes.`);
  });
}

/** Accept what is undecided in this paragraph, once it has been in view. @param {Bench} bench */
export function paragraph(bench) {
  const { desk } = bench;
  if (!desk.here) return;
  const p = desk.model.paragraphOf(desk.here);
  if (!bench.view.ends(p)) return desk.say("Read on to the end of the paragraph; Space again accepts it.");
  const waiting = acts.waiting(desk.model, p);
  const ready = waiting.filter((item) => !lacks(bench, item).length);
  const done = desk.commit("accept", acts.decide(ready, "accepted"), { dwell: bench.dwell(p) });
  const left = waiting.length - ready.length;
  const next = desk.model.order.find((item) => item.status === "suggested" && desk.model.paragraphOf(item) > p) ?? walk.undecided(desk.model, desk.here);
  if (next) desk.go(next, { quiet: true });
  const words = done ? `Accepted ${ready.length} in paragraph ${p + 1}. Z undoes.` : "Nothing to accept here.";
  return desk.say(`${words}${left ? ` ${left} lack a slot and wait.` : ""} ${desk.model.left} left.`);
}

/** Accept everything that is undecided, as one step and marked so. @param {Bench} bench */
export function all(bench) {
  const { desk } = bench;
  const waiting = desk.model.order.filter((item) => item.status === "suggested");
  const ready = waiting.filter((item) => !lacks(bench, item).length);
  if (!desk.commit("bulk", acts.decide(ready, "accepted"), { bulk: true, dwell: 0 })) return desk.say("Nothing is undecided.");
  const left = waiting.length - ready.length;
  return desk.say(`Accepted the remaining ${ready.length}, marked as accepted in bulk. Z undoes.${left ? ` ${left} lack a slot; N goes there.` : " Shift+Enter finishes."}`);
}

/** @param {Bench} bench */
export function merge(bench) {
  const { desk } = bench;
  if (desk.here?.kind !== "entity") return;
  if (desk.commit("merge", acts.merge(desk.model, desk.here))) desk.say(`Merged: ${desk.describe(desk.here)}. Z undoes.`);
  else desk.say("Nothing with the same label overlaps or adjoins.");
}

/** Split the entity under the caret. @param {Bench} bench */
export function split(bench) {
  const { desk, caret } = bench;
  const at = caret.at;
  const item = desk.model.entities.find((each) => each.status !== "rejected" && each.span[0] < at && each.span[1] > at);
  if (!item || !desk.commit("split", acts.split(item, at))) return desk.say("Put the caret on the first word of the second part.");
  caret.leave();
  desk.go(item, { quiet: true });
  return desk.say("Split in two. Z undoes.");
}

/** Start a stance or commitment from here; it waits until its slots are right. @param {Bench} bench @param {Frame["kind"]} kind */
export function frame(bench, kind) {
  const { desk } = bench;
  const at = place(desk);
  if (!at) return;
  const { slots, ids } = prefill(desk, kind, at);
  const changes = acts.addFrame(kind, slots, ids);
  desk.choose(null);
  bench.caret.leave();
  if (!desk.commit("add", changes)) return;
  const item = desk.model.items.get(changes[0]?.id ?? "");
  if (!item || item.kind === "entity") return;
  desk.go(item, { quiet: true });
  const [first] = lacks(bench, item);
  if (first) bench.frames.focus(first.name);
  desk.say(`New ${kind}${first ? `; ${first.title.toLowerCase()} is missing` : ""}. Ctrl+Enter accepts it.`);
}

/** @param {Bench} bench @param {1 | -1} way */
export function evidence(bench, way) {
  const { desk } = bench;
  if (!desk.here || desk.here.kind === "entity") return;
  const span = bySentence(desk.model, desk.here, way);
  if (span && desk.commit("edit", acts.fill(desk.here, "evidence", span))) {
    bench.view.reveal(spanOf(desk.here));
    desk.say(`Evidence: ${desk.model.text.quote(span)}. Z undoes.`);
  } else desk.say(way > 0 ? "The paragraph ends here." : "It is one sentence already.");
}

/** Let the chosen words fill the slot that waits for them. @param {Bench} bench */
export function fillPicked(bench) {
  const { desk } = bench;
  const frame = desk.model.items.get(desk.picking?.frame ?? "");
  if (!desk.picking || !desk.chosen || !frame || frame.kind === "entity") return;
  const { slot } = desk.picking;
  const span = desk.chosen;
  desk.pick(null);
  bench.caret.leave();
  desk.choose(null);
  desk.commit("edit", acts.fill(frame, slot.name, span));
  desk.go(frame, { quiet: true, scroll: false });
  desk.say(`${slot.title}: ${desk.model.text.quote(span)}. Z undoes.`);
}
