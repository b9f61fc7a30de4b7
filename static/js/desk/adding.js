// @ts-check
/** @import { Frame, Label, Span } from "./types.d.ts" */
/** @import { Bench } from "./bench.js" */
/* What the commands do that add or reshape: entities and frames, merging, splitting, evidence, slots. */

import * as acts from "./acts.js";
import { parts } from "./bench.js";
import { lacks, target } from "./decide.js";
import { slotsOf, spanOf } from "./model.js";
import { bySentence, place, prefill } from "./prefill.js";
import * as shaping from "./shaping.js";

/** @param {Bench} bench @param {Span} span @param {Label} label */
export function add(bench, span, label) {
  const { desk } = bench;
  const { model } = desk;
  const standing = model.entities.filter((each) => each.status !== "rejected" && each.span[0] < span[1] && span[0] < each.span[1]);
  const same = standing.find((each) => String(each.span) === String(span));
  const twin = model.entities.find((each) => each.actor && model.quote(each) === model.text.quote(span));
  const more = twin && !same ? { actor: twin.actor, actor_id: twin.actor_id } : {};
  const removed = model.scheme.overlap || same ? [] : acts.decide(standing, "rejected");
  const changes = same ? acts.relabel(same, label.name) : [...shaping.addEntity(span, label.name, more), ...removed];
  parts(bench).caret.leave();
  desk.choose(null);
  if (!desk.commit(same ? "relabel" : "add", changes)) return;
  const item = model.items.get(changes[0]?.id ?? "");
  if (item) desk.go(item, { quiet: true });
  const instead = removed.length ? `, in place of ${removed.length} that it overlaps` : "";
  desk.say(`${model.text.quote(span)} is now ${label.title}${instead}. Z undoes.`);
  if (item) parts(bench).spread.offer(item);
}

/** Move an edge by characters. @param {Bench} bench @param {number} start @param {number} end */
export function signs(bench, start, end) {
  const { desk } = bench;
  const item = target(bench);
  if (item?.kind !== "entity") return;
  if (desk.commit("edges", shaping.signs(desk.model, item, start, end))) desk.say(`${desk.describe(item)}. Z undoes.`);
  else desk.say("The edge cannot go further.");
}

/** Let letters in the text name the actor of the frame under the cursor. @param {Bench} bench */
export function actorInText(bench) {
  const { desk } = bench;
  const frame = desk.here;
  if (!frame || frame.kind === "entity") return;
  const slot = slotsOf(desk.model.scheme, frame.kind).find((each) => each.kind === "actor");
  if (!slot) return;
  parts(bench).hints.show((item) => item.kind === "entity" && item.status !== "rejected", (item) => {
    if (item.kind !== "entity") return;
    const name = item.actor ?? desk.model.quote(item);
    desk.commit("edit", shaping.fill(frame, slot.name, name, item.actor_id));
    desk.go(frame, { quiet: true, scroll: false });
    desk.say(`${slot.title}: ${name}. Z undoes.`);
  });
}

/** @param {Bench} bench */
export function merge(bench) {
  const { desk } = bench;
  if (desk.here?.kind !== "entity") return;
  if (desk.commit("merge", shaping.merge(desk.model, desk.here))) desk.say(`Merged: ${desk.describe(desk.here)}. Z undoes.`);
  else desk.say("Nothing with the same label overlaps or adjoins.");
}

/** Split the entity under the caret. @param {Bench} bench */
export function split(bench) {
  const { desk } = bench;
  const { caret } = parts(bench);
  const at = caret.at;
  const item = desk.model.entities.find((each) => each.status !== "rejected" && each.span[0] < at && each.span[1] > at);
  if (!item || !desk.commit("split", shaping.split(item, at))) return desk.say("Put the caret on the first word of the second part.");
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
  const changes = shaping.addFrame(kind, slots, ids);
  desk.choose(null);
  parts(bench).caret.leave();
  if (!desk.commit("add", changes)) return;
  const item = desk.model.items.get(changes[0]?.id ?? "");
  if (!item || item.kind === "entity") return;
  desk.go(item, { quiet: true });
  const [first] = lacks(bench, item);
  if (first) parts(bench).frames.focus(first.name);
  const lack = first ? `; ${first.title.toLowerCase()} is missing` : "";
  desk.say(`New ${kind}${lack}. Ctrl+Enter accepts it.`);
}

/** @param {Bench} bench @param {1 | -1} way */
export function evidence(bench, way) {
  const { desk } = bench;
  if (!desk.here || desk.here.kind === "entity") return;
  const span = bySentence(desk.model, desk.here, way);
  if (span && desk.commit("edit", shaping.fill(desk.here, "evidence", span))) {
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
  parts(bench).caret.leave();
  desk.choose(null);
  desk.commit("edit", shaping.fill(frame, slot.name, span));
  desk.go(frame, { quiet: true, scroll: false });
  desk.say(`${slot.title}: ${desk.model.text.quote(span)}. Z undoes.`);
}

/** Fill a slot of the frame under the cursor. @param {Bench} bench @param {string} slot @param {string} value */
export function choose({ desk }, slot, value) {
  const { here } = desk;
  if (here && here.kind !== "entity" && desk.commit("edit", shaping.fill(here, slot, value))) desk.say(`${slot}: ${value}. Z undoes.`);
}
