import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, spoken } from "../../static/js/desk/timer.js";

test("work counts, a pause of more than a minute does not", () => {
  assert.equal(counted(1000, 5000), 6000);
  assert.equal(counted(1000, 120_000), 1000);
});

test("minutes are shown once there is one", () => {
  assert.deepEqual([spoken(59_000), spoken(90_000), spoken(600_000)], ["", " · 2 min", " · 10 min"]);
});
