import assert from "node:assert/strict";
import { test } from "node:test";
import { findings } from "../../static/js/desk/checks.js";
import { Model } from "../../static/js/desk/model.js";
import { pairOf, stray, unpaired } from "../../static/js/desk/pairs.js";
import { missing } from "../../static/js/desk/rules.js";
import { desk, entity, frame, scheme } from "./builders.mjs";

const names = (slots) => slots.map((slot) => slot.name);
const sentences = (text, objects) => findings(new Model(desk(text, objects))).map(({ sentence }) => sentence);
const done = { status: "accepted" };

test("compulsory slots are missed only while their rule holds", () => {
  const stance = frame("s1", "stance", { holder: "France", target: "sanctions", polarity: "conditional", evidence: [0, 2] });
  assert.deepEqual(names(missing(scheme, stance)), ["condition"]);
  stance.slots.polarity = "supports";
  assert.deepEqual(names(missing(scheme, stance)), []);
  stance.slots.condition = [1, 2];
  assert.deepEqual(names(stray(scheme, stance)), ["condition"]);
});

test("a commitment brings the stance that the dual rule asks for", () => {
  const commitment = frame("c1", "commitment", { actor: "France", type: "sanctions", status: "conditional", evidence: [0, 4], condition: [2, 4] }, { ids: { actor: "state:FRA" } });
  const { slots, ids } = pairOf(scheme, commitment);
  assert.deepEqual([slots.holder, slots.target, slots.polarity, slots.condition, ids.holder], ["France", "sanctions", "conditional", [2, 4], "state:FRA"]);
  assert.equal(pairOf(scheme, frame("c2", "commitment", { status: "delivered", evidence: [0, 1] })), null);
  const model = new Model(desk("France will act if", [commitment]));
  assert.ok(unpaired(model, commitment));
  assert.ok(!unpaired(new Model(desk("France will act if", [commitment, frame("s1", "stance", { evidence: [1, 3] })])), commitment));
});

test("signs at an edge, two labels for one surface and bare repeats are pointed out", () => {
  const text = "Anna met Bert.\nAnna left, Bert stayed.";
  assert.deepEqual(sentences("Anna met Bert, left", [entity("e1", [2, 4], "PERSON", done)]), ["“Bert,” begins or ends with a sign or a space."]);
  assert.deepEqual(sentences(text, [entity("e1", [0, 1], "PERSON", done), entity("e2", [4, 5], "GPE", done)]), ["“Anna” is GPE here and PERSON elsewhere."]);
  assert.deepEqual(sentences(text, [entity("e1", [0, 1], "PERSON", done)]), ["“Anna” is PERSON here, but bare in paragraph 2."]);
});

test("a holder that is its own target is pointed out, proposals are left alone", () => {
  const slots = { holder: "France", target: "sanctions", target_actor: "France", polarity: "supports", evidence: [0, 2] };
  assert.deepEqual(sentences("France acts", [frame("s1", "stance", slots, done)]), ["France is holder and target at once."]);
  assert.deepEqual(sentences("France acts", [frame("s1", "stance", slots)]), []);
});
