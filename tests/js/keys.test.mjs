import assert from "node:assert/strict";
import { test } from "node:test";
import { letters } from "../../static/js/desk/hints.js";
import { chord, Keymap } from "../../static/js/desk/keymap.js";
import { rebind, singles } from "../../static/js/desk/remap.js";

const press = (key, more = {}) => ({ key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, getModifierState: () => false, ...more });
const shelf = () => {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
};
const table = () => [
  { id: "accept", name: "Accept", group: "", keys: ["a"], run: () => "accept" },
  { id: "target", name: "Target", group: "", keys: ["p"], when: (desk) => desk.frame, run: () => "target" },
  { id: "same", name: "Same", group: "", keys: ["p"], when: (desk) => !desk.frame, run: () => "same" },
  { id: "queue", name: "Queue", group: "", keys: ["g q"], run: () => "queue" },
  { id: "palette", name: "Palette", group: "", keys: ["Ctrl+K"], run: () => "palette" },
];

test("key presses have names, whatever the layout", () => {
  assert.equal(chord(press("a")), "a");
  assert.equal(chord(press("N", { shiftKey: true })), "N");
  assert.equal(chord(press("{", { shiftKey: true })), "{");
  assert.equal(chord(press(" ")), "Space");
  assert.equal(chord(press("k", { ctrlKey: true })), "Ctrl+K");
  assert.equal(chord(press("Z", { ctrlKey: true, shiftKey: true })), "Ctrl+Shift+Z");
  assert.equal(chord(press("Enter", { shiftKey: true })), "Shift+Enter");
  assert.equal(chord(press("ф", { code: "KeyA" })), "a");
  assert.equal(chord(press("[", { ctrlKey: true, altKey: true, getModifierState: (name) => name === "AltGraph" })), "[");
  assert.equal(chord(press("f", { altKey: true })), "");
  assert.equal(chord(press("Shift", { shiftKey: true })), "");
});

test("one key means what fits the cursor, and two keys in a row are one", () => {
  const map = new Keymap(table(), shelf());
  assert.equal(map.find("p", { frame: true }).id, "target");
  assert.equal(map.find("p", { frame: false }).id, "same");
  assert.equal(map.find("g", {}), null);
  assert.equal(map.find("q", {}).id, "queue");
  assert.equal(map.find("q", {}), null);
});

test("keys can be changed, given back and switched off, and that is remembered", () => {
  const store = shelf();
  const map = new Keymap(table(), store);
  rebind(map, "accept", ["y"]);
  singles(map, false);
  const again = new Keymap(table(), store);
  assert.equal(again.find("y", {}), null);
  assert.equal(again.find("Ctrl+K", {}).id, "palette");
  singles(again, true);
  assert.equal(again.find("y", {}).id, "accept");
  rebind(again, "accept", null);
  assert.equal(again.find("a", {}).id, "accept");
});

test("a key given to one command is taken from the other of the same scope", () => {
  const map = new Keymap(table(), null);
  rebind(map, "palette", ["a"]);
  assert.equal(map.find("a", {}).id, "palette");
});

test("hints are one letter for the nearest, two for the rest, and never the start of another", () => {
  assert.ok(letters(23).every((name) => name.length === 1));
  const many = letters(60);
  assert.equal(new Set(many).size, 60);
  assert.ok(many.every((name) => !many.some((other) => other !== name && other.startsWith(name))));
});
