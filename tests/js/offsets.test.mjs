import assert from "node:assert/strict";
import { test } from "node:test";
import { advance, Text } from "../../static/js/offsets.js";
import { between, graphemeEdge, points } from "../../static/js/units.js";
import { source } from "./builders.mjs";

const vectors = JSON.parse(source("tests/vectors/offsets.json"));

for (const { name, span, quote, paragraph, units, paragraphs, sentences } of vectors) {
  test(`a span covers its quote: ${name}`, () => {
    const text = new Text({ paragraphs, sentences });
    assert.equal(text.quote(span), quote);
    assert.deepEqual(text.pieces(span), [{ p: paragraph, a: units[0], b: units[1] }]);
  });
  test(`a place in the text becomes its span: ${name}`, () => {
    const text = new Text({ paragraphs, sentences });
    const [a, b] = units;
    assert.deepEqual(between(text, { p: paragraph, unit: a }, { p: paragraph, unit: b }, true), span);
    assert.deepEqual(between(text, { p: paragraph, unit: a }, { p: paragraph, unit: b }), span.slice(0, 2));
  });
}

test("code points and units convert both ways over astral signs", () => {
  const text = "a😀b👨‍👩‍👧c";
  for (let n = 0; n <= [...text].length; n++) assert.equal(points(text, 0, advance(text, 0, n)), n);
  assert.equal(advance(text, text.length, -1), text.length - 1);
  assert.equal(points(text, 3, 0), -2);
});

test("an edge never cuts a sign that people see as one", () => {
  const text = "a👨‍👩‍👧b";
  assert.equal(graphemeEdge(text, 3, false), 1);
  assert.equal(graphemeEdge(text, 3, true), text.length - 1);
});

test("a stretch of white space is no span", () => {
  const text = new Text({ paragraphs: [{ kind: null, text: "a  b", tokens: [0, 1, 3, 1] }], sentences: [[0, 2]] });
  assert.equal(between(text, { p: 0, unit: 1 }, { p: 0, unit: 3 }), null);
});

test("a span over two paragraphs has a piece in each", () => {
  const paragraphs = [{ kind: null, text: "One two", tokens: [0, 3, 4, 3] }, { kind: null, text: "three four", tokens: [0, 5, 6, 4] }];
  const text = new Text({ paragraphs, sentences: [[0, 2], [2, 4]] });
  assert.deepEqual(text.pieces([1, 3]), [{ p: 0, a: 4, b: 7 }, { p: 1, a: 0, b: 5 }]);
  assert.deepEqual(between(text, { p: 0, unit: 4 }, { p: 1, unit: 5 }), [1, 3]);
  assert.equal(text.sentenceOf(3), 1);
});
