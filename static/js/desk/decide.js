// @ts-check
/** @import { Item, Label, Status } from "./types.d.ts" */
/** @import { Bench } from "./bench.js" */
/* What the deciding commands do: accept, reject, relabel, paragraph. */

import * as acts from "./acts.js";
import { missing } from "./rules.js";
import * as walk from "./walk.js";

/** Return the object that a key acts on: what the mouse has just come to rest on, else the cursor's. @param {Bench} bench */
export function target(bench) {
  const item = bench.parts?.pointer.take();
  if (item && item !== bench.desk.here) bench.desk.go(item, { scroll: false, quiet: true });
  return bench.desk.here;
}

/** Say what hinders a frame from being accepted. @param {Bench} bench @param {Item} item */
export const lacks = (bench, item) => (item.kind === "entity" ? [] : missing(bench.desk.model.scheme, item));

/** @param {Bench} bench @param {Status} status */
export function decide(bench, status) {
  const { desk } = bench;
  const item = target(bench);
  if (!item) return desk.say("Nothing is under the cursor.");
  const [first] = status === "accepted" ? lacks(bench, item) : [];
  if (first) {
    bench.parts?.frames.focus(first.name);
    return desk.say(`${first.title} is still missing.`);
  }
  const words = `${status === "accepted" ? "Accepted" : "Rejected"} ${item.kind === "entity" ? desk.model.quote(item) : item.kind}`;
  if (item.status === status) return desk.onward(`Already ${status}`);
  if (!desk.commit(status === "accepted" ? "accept" : "reject", acts.decide([item], status))) return;
  bench.parts?.spread.offer(item);
  return desk.onward(words);
}

/** Set a label; on chosen words it adds an entity. @param {Bench} bench @param {Label} label */
export function label(bench, label) {
  const { desk } = bench;
  if (desk.chosen) return bench.parts?.add(desk.chosen, label);
  const item = target(bench);
  if (item?.kind !== "entity") return desk.say("Labels are for entities; choose words in the text first.");
  if (!desk.commit("relabel", acts.relabel(item, label.name))) return;
  bench.parts?.spread.offer(item);
  return desk.onward(`${desk.model.quote(item)} is now ${label.title}`);
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
  const lacking = left ? ` ${left} lack a slot and wait.` : "";
  return desk.say(`${words}${lacking} ${desk.model.left} left.`);
}
