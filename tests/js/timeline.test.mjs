import assert from "node:assert/strict";
import { test } from "node:test";
import * as acts from "../../static/js/desk/acts.js";
import * as shaping from "../../static/js/desk/shaping.js";
import { Desk } from "../../static/js/desk/desk.js";
import { stateOf } from "../../static/js/desk/model.js";
import { remember } from "../../static/js/desk/past.js";
import { restored } from "../../static/js/desk/timeline.js";
import { reverse } from "../../static/js/desk/undo.js";
import { desk, entity } from "./builders.mjs";

const TEXT = "Anna met Bert in Paris.";
const open = () => {
  const made = new Desk(desk(TEXT, [entity("e1", [0, 1]), entity("e2", [2, 3])]), () => {});
  const item = (id) => made.model.items.get(id);
  const now = (id) => (item(id) ? stateOf(item(id)) : null);
  return { made, item, now };
};

test("going back brings every object to its state after that act", () => {
  const { made, item, now } = open();
  made.commit("accept", acts.decide([item("e1")], "accepted"));
  made.commit("relabel", acts.relabel(item("e1"), "GPE"));
  made.commit("reject", acts.decide([item("e2")], "rejected"));
  assert.equal(made.commit("restore", restored(made.past, 0, now)), true);
  assert.deepEqual([item("e1").label, item("e1").status, item("e2").status], ["PERSON", "accepted", "suggested"]);
});

test("what did not exist then is rejected, since nothing is deleted", () => {
  const { made, item, now } = open();
  const [added] = shaping.addEntity([4, 5], "GPE");
  made.commit("add", [added]);
  made.commit("restore", restored(made.past, -1, now));
  assert.equal(item(added.id).status, "rejected");
});

test("going back is an act that undo takes back, and to where one is changes nothing", () => {
  const { made, item, now } = open();
  made.commit("accept", acts.decide([item("e1")], "accepted"));
  assert.deepEqual(restored(made.past, 0, now), []);
  made.commit("restore", restored(made.past, -1, now));
  reverse(made, "undo");
  assert.equal(item("e1").status, "accepted");
});

test("the past is read from the log, undoing included", () => {
  const state = { status: "accepted", span: [0, 1], label: "PERSON", actor: null, actor_id: null, flags: [] };
  const before = { ...state, status: "suggested" };
  const row = (key, txn, act, from, to, undoes) => ({ key, txn, act, undoes, kind: "entity", id: "e1", before: from, after: to, at: "2026-01-01T00:00:00Z", version: 1 });
  const made = new Desk(desk(TEXT, [entity("e1", [0, 1])]), () => {});
  remember(made, [row("1", "a", "accept", before, state), row("2", "b", "undo", state, before, "a")]);
  assert.deepEqual(made.past.map(({ act }) => act), ["accept", "undo"]);
  assert.deepEqual([made.history.done.length, made.history.undone.length], [0, 1]);
});
