import assert from "node:assert/strict";
import { test } from "node:test";
import { clause } from "../../static/js/desk/condition.js";

const said = (sentence) => {
  const place = clause(sentence);
  return place && sentence.slice(...place);
};

test("a condition runs from its first word to the end of its clause", () => {
  assert.equal(said("France would send two frigates if the council agrees, its minister said."), "if the council agrees");
  assert.equal(said("Unless a truce holds, no ships will sail."), "Unless a truce holds");
  assert.equal(said("Aid goes out provided that the port stays open"), "provided that the port stays open");
  assert.equal(said("They would join, but only if others do."), "but only if others do");
});

test("a sentence without a condition has none, nor has one that only holds the letters", () => {
  assert.equal(said("France offered two frigates."), null);
  assert.equal(said("The bailiff sat on the cliff."), null);
  assert.equal(said("What if?"), null);
});
