// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { places } from "../../static/js/desk/find.js";

test("words are found whatever their case and the white space between them", () => {
  const text = ["The Amber  Strait.", "An amber strait; amber (strait)."];
  assert.deepEqual(places(text, "amber strait"), [{ p: 0, a: 4, b: 17 }, { p: 1, a: 3, b: 15 }]);
});

test("signs stand for themselves, and nothing is found for nothing", () => {
  assert.deepEqual(places(["🚢 €9 (nine)."], "(nine)."), [{ p: 0, a: 6, b: 13 }]);
  assert.deepEqual(places(["a b"], "  "), []);
});
