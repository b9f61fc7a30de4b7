import assert from "node:assert/strict";
import { test } from "node:test";
import { Presence } from "../../static/js/desk/presence.js";

const counted = () => {
  const found = { beats: 0 };
  const presence = new Presence(async () => void (found.beats += 1));
  return { found, presence };
};

test("each stretch with a sign of life is told once", async () => {
  const { found, presence } = counted();
  presence.alive();
  presence.alive();
  await presence.tick();
  presence.alive();
  await presence.tick();
  assert.equal(found.beats, 2);
});

test("nothing is told of somebody who has left", async () => {
  const { found, presence } = counted();
  await presence.tick();
  presence.alive();
  await presence.tick();
  await presence.tick();
  assert.equal(found.beats, 1);
});
