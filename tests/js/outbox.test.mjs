import assert from "node:assert/strict";
import { test } from "node:test";
import { Halt, memoryStore, Outbox } from "../../static/js/desk/outbox.js";
import { saying } from "../../static/js/desk/saving.js";

const kept = (n, more = {}) => Array.from({ length: n }, (_, i) => ({ lane: "1/1", me: "1", url: "/d", text_sha256: "", tokeniser: "", decision: { key: `k${i}`, id: "e1" }, ...more }));
const applied = (batch) => ({ rev: 1, verdicts: batch.map((row) => ({ key: row.decision.key, verdict: "applied", version: 1 })) });
const opened = (send) => {
  const states = [];
  const settled = [];
  const store = memoryStore();
  const box = new Outbox(store, { me: "1", send, settled: (decision, verdict) => settled.push([decision.key, verdict.verdict]), state: (saving) => states.push(saving) });
  return { box, store, states, settled };
};

test("decisions go in order, at most fifty at once, and leave the device when the server has them", async () => {
  const sizes = [];
  const { box, store, settled } = opened(async (_, batch) => (sizes.push(batch.length), applied(batch)));
  await box.put(kept(120));
  await box.flush();
  assert.deepEqual(sizes, [50, 50, 20]);
  assert.deepEqual([settled.length, settled[119][0], (await store.all()).length, box.saving.waiting], [120, "k119", 0, 0]);
});

test("without a connection everything is kept, and sent when it is back", async () => {
  let up = false;
  const { box, store } = opened(async (_, batch) => {
    if (!up) throw new TypeError("Failed to fetch");
    return applied(batch);
  });
  await box.put(kept(3));
  await box.flush();
  assert.equal(saying(box.saving).words, "Offline: 3 kept in this window only");
  assert.equal((await store.all()).length, 3);
  up = true;
  await box.flush();
  assert.equal(saying(box.saving).words, "All changes saved");
  clearTimeout(box.timer);
});

test("what the server will not take waits for attention and hinders nothing else", async () => {
  const { box, store } = opened(async (_, batch) => ({ rev: 1, verdicts: batch.map((row, i) => (i ? { key: row.decision.key, verdict: "applied", version: 1 } : { key: row.decision.key, verdict: "invalid", why: "outside" })) }));
  await box.put(kept(3));
  await box.flush();
  assert.deepEqual((await store.all()).map((row) => row.why), ["outside"]);
  assert.equal(saying(box.saving).words, "1 needs attention");
  clearTimeout(box.timer);
});

test("an expired sign-in stops the sending, not the work", async () => {
  const { box, store } = opened(async () => {
    throw new Halt("signed-out");
  });
  await box.put(kept(2));
  await box.flush();
  assert.equal((await store.all()).length, 2);
  assert.match(saying(box.saving).words, /^Signed out: 2 /);
  clearTimeout(box.timer);
});

test("another person at this device sends nothing of mine", async () => {
  const seen = [];
  const { box, store } = opened(async (_, batch) => (seen.push(...batch), applied(batch)));
  await store.add(kept(2, { me: "2", lane: "2/1" }));
  await box.flush();
  assert.deepEqual([seen.length, (await store.all()).length], [0, 2]);
});
