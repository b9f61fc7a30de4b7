import assert from "node:assert/strict";
import { test } from "node:test";
import * as acts from "../../static/js/desk/acts.js";
import * as shaping from "../../static/js/desk/shaping.js";
import { resolve } from "../../static/js/desk/conflicts.js";
import { Desk } from "../../static/js/desk/desk.js";
import * as edges from "../../static/js/desk/edges.js";
import { stateOf } from "../../static/js/desk/model.js";
import { remember } from "../../static/js/desk/past.js";
import * as leaps from "../../static/js/desk/leaps.js";
import { reverse } from "../../static/js/desk/undo.js";
import * as walk from "../../static/js/desk/walk.js";
import { desk, entity, frame } from "./builders.mjs";

const TEXT = "Anna met Bert in Paris.\nAnna gave Paris ten euros.";
const open = (objects) => {
  const sent = [];
  const made = new Desk(desk(TEXT, structuredClone(objects)), (kept) => sent.push(...kept.map((row) => row.decision)));
  return { desk: made, model: made.model, sent, item: (id) => made.model.items.get(id) };
};
const three = [entity("e1", [0, 1]), entity("e2", [2, 3]), entity("e3", [4, 5], "GPE", { score: 0.4 })];

test("accepting changes the model, counts down and sends one decision with the version it expects", () => {
  const { desk: d, model, sent, item } = open(three);
  assert.equal(model.left, 3);
  d.commit("accept", acts.decide([item("e1")], "accepted"));
  assert.equal(model.left, 2);
  assert.deepEqual([sent[0].act, sent[0].id, sent[0].expect, sent[0].after.status], ["accept", "e1", 0, "accepted"]);
  assert.equal(item("e1").version, 1);
  assert.match(sent[0].key, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("a bulk act is one undo step, and undo and redo go through the log", () => {
  const { desk: d, model, sent, item } = open(three);
  d.commit("bulk", acts.decide([...model.order], "accepted"), { bulk: true });
  assert.equal(model.left, 0);
  reverse(d, "undo");
  assert.equal(model.left, 3);
  assert.deepEqual([sent[3].act, sent[3].undoes, sent[3].expect], ["undo", sent[0].txn, 1]);
  reverse(d, "redo");
  assert.deepEqual([model.left, item("e3").version, sent.at(-1).act], [0, 3, "redo"]);
  reverse(d, "undo");
  reverse(d, "undo");
  assert.equal(model.left, 3);
});

test("the undo stack is rebuilt from the server's log", () => {
  const before = stateOf(three[0]);
  const after = { ...before, status: "accepted" };
  const row = { key: "k1", txn: "t1", act: "accept", kind: "entity", id: "e1", before, after, at: "", version: 1 };
  const undo = { ...row, key: "k2", txn: "t2", act: "undo", undoes: "t1", before: after, after: before, version: 2 };
  const undone = open([{ ...three[0], version: 2 }]);
  remember(undone.desk, [row, undo]);
  assert.deepEqual([undone.desk.history.done.length, undone.desk.history.undone.length], [0, 1]);
  reverse(undone.desk, "redo");
  assert.equal(undone.item("e1").status, "accepted");
});

test("an undo that is pressed before the log has come waits for it", async () => {
  const { desk: d, item } = open([{ ...three[0], status: "accepted", version: 1 }]);
  const after = stateOf(item("e1"));
  const row = { key: "k1", txn: "t1", act: "accept", kind: "entity", id: "e1", before: { ...after, status: "suggested" }, after, at: "" };
  d.earlier = Promise.resolve().then(() => {
    d.earlier = null;
    remember(d, [row]);
  });
  reverse(d, "undo", { during: (coming) => coming });
  await d.earlier;
  await null;
  assert.equal(item("e1").status, "suggested");
});

test("what is decided before the log has come stays the newest, and is not doubled by it", () => {
  const { desk: d, item } = open(three);
  d.commit("accept", acts.decide([item("e1")], "accepted"));
  const [{ txn, changes: [change] }] = d.past;
  const rows = [{ key: "k0", txn: "t0", act: "accept", ...change, id: "e2", at: "" }, { key: "k1", txn, act: "accept", ...change, at: "" }];
  remember(d, rows);
  assert.deepEqual(d.history.done.map((each) => each.txn), ["t0", txn]);
});

test("undoing an addition marks it rejected, for nothing is deleted", () => {
  const { desk: d, model, sent } = open(three);
  d.commit("add", shaping.addEntity([9, 10], "MONEY"));
  const added = model.order.find((item) => item.origin === "added");
  reverse(d, "undo");
  assert.deepEqual([added.status, model.shown(added), sent.at(-1).after.status], ["rejected", false, "rejected"]);
});

test("edges move by tokens, stay in the paragraph and never empty the span", () => {
  const { desk: d, model, item } = open(three);
  assert.equal(edges.tokens(model, item("e1"), -1, 0), null);
  assert.equal(edges.tokens(model, item("e1"), 1, 0), null);
  d.commit("edges", edges.tokens(model, item("e1"), 0, 1));
  assert.deepEqual([item("e1").span, item("e1").status], [[0, 2], "accepted"]);
  d.commit("edges", edges.tokens(model, item("e3"), 0, 40));
  assert.deepEqual(item("e3").span, [4, 6]);
});

test("merge joins two of a label and split parts one", () => {
  const { desk: d, model, item } = open([entity("e1", [0, 1]), entity("e2", [1, 3])]);
  d.commit("merge", shaping.merge(model, item("e1")));
  assert.deepEqual([item("e1").span, item("e2").status], [[0, 3], "rejected"]);
  d.commit("split", shaping.split(item("e1"), 2));
  assert.deepEqual(model.entities.filter((each) => each.status === "accepted").map((each) => each.span), [[0, 2], [2, 3]]);
});

test("the cursor finds the next undecided around the end, and the least certain", () => {
  const { desk: d, model, item } = open(three);
  d.commit("accept", acts.decide([item("e1")], "accepted"));
  assert.equal(walk.undecided(model, item("e3")).id, "e2");
  assert.equal(leaps.leastCertain(model, item("e1")).id, "e3");
  assert.equal(walk.neighbour(model, item("e3"), 1), null);
});

test("frames follow the entities of their paragraph", () => {
  const { model } = open([frame("c1", "commitment", { evidence: [0, 5] }), ...three, entity("e4", [6, 7])]);
  assert.deepEqual(model.order.map((item) => item.id), ["e1", "e2", "e3", "c1", "e4"]);
});

test("what waits in the outbox is shown after a reload, with the version that the server will have", () => {
  const first = open(three);
  first.desk.commit("accept", acts.decide([first.item("e1")], "accepted"));
  first.desk.commit("relabel", acts.relabel(first.item("e1"), "GPE"));
  const again = open(three);
  again.desk.replay(first.sent);
  assert.deepEqual([again.item("e1").label, again.item("e1").version, again.desk.history.done.length, again.sent.length], ["GPE", 2, 2, 0]);
});

test("a conflict keeps mine on screen until it is settled", () => {
  const { desk: d, sent, item } = open(three);
  d.commit("accept", acts.decide([item("e1")], "accepted"));
  const theirs = entity("e1", [0, 1], "GPE", { status: "accepted", version: 4 });
  d.settle(sent[0], { key: sent[0].key, verdict: "conflict", object: theirs, who: "Bert", when: "2026-01-01T10:00:00Z" });
  assert.equal(item("e1").label, "PERSON");
  resolve(d, item("e1"), "mine");
  assert.deepEqual([sent.at(-1).expect, sent.at(-1).after.label, item("e1").conflict, item("e1").version], [4, "PERSON", null, 5]);
});

test("a finished article takes no decisions", () => {
  const sent = [];
  const closed = new Desk({ ...desk(TEXT, structuredClone(three)), item: { id: 1, state: "done", readonly: true, guideline: 1 } }, (kept) => sent.push(kept));
  assert.equal(closed.commit("accept", acts.decide([...closed.model.order], "accepted")), false);
  assert.equal(sent.length, 0);
});
