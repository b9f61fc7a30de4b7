import assert from "node:assert/strict";
import { test } from "node:test";
import { Model } from "../../static/js/desk/model.js";
import { fitted, html, nest, paragraphHtml } from "../../static/js/desk/render.js";
import { desk, entity, frame } from "./builders.mjs";

const view = { keep: (item) => item.status !== "rejected", number: () => 1 };
const plain = (markup) => markup.replace(/<[^>]*>/g, "").replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
const mark = (a, b, id) => ({ a, b, id, classes: "", described: "", tag: id, hue: "" });

test("the text content is exactly the paragraph's text, whatever overlaps", () => {
  const text = "One <two> & three \"four\" five six seven";
  for (let round = 0; round < 200; round++) {
    const marks = Array.from({ length: 1 + (round % 7) }, (_, i) => {
      const a = Math.floor(Math.random() * (text.length - 1));
      return mark(a, a + 1 + Math.floor(Math.random() * (text.length - a)), `e${i}`);
    });
    const markup = html(text, nest(marks), [{ at: 4, sign: "1", kind: "anchor stance" }]);
    assert.equal(plain(markup), text, JSON.stringify(marks));
    assert.equal(markup.split("<mark").length, markup.split("</mark>").length);
  }
});

test("a span that crosses another is cut at its edge and covers the same text", () => {
  const [outer, rest] = nest([mark(0, 5, "x"), mark(3, 8, "y")]);
  assert.deepEqual([outer.id, outer.inner[0].id, outer.inner[0].b, rest.id, rest.a, rest.b, rest.rest], ["x", "y", 5, "y", 5, 8, true]);
});

test("an outer span lies lower than what it holds", () => {
  const [outer] = nest([mark(0, 9, "a"), mark(0, 5, "b"), mark(1, 2, "c")]);
  assert.deepEqual([outer.height, outer.inner[0].height, outer.inner[0].inner[0].height], [2, 1, 0]);
});

test("status and label reach the element, and frames their anchor", () => {
  const model = new Model(desk("France offers €4.", [entity("e1", [0, 1], "GPE", { status: "accepted" }), frame("c1", "commitment", { evidence: [0, 4] })]));
  const markup = paragraphHtml(model, 0, view);
  assert.match(markup, /class="m hue-green accepted" data-i="e1" aria-describedby="d-GPE d-accepted"/);
  assert.match(markup, /class="anchor commitment" data-t="1"/);
  assert.equal(plain(markup), "France offers €4.");
});

test("frame numbers that have no room of their own stand before the next tag", () => {
  const markup = html("The Bahamas pledged", nest([mark(4, 11, "e1")]), [10, 11, 12].map((n) => ({ at: 0, sign: String(n), kind: "anchor stance" })));
  assert.match(markup, /^The <mark[^>]*><span class="tags" aria-hidden="true"><i class="anchor stance" data-t="10·11·12">/);
});

test("a tag is cut to the room before the next one but keeps two letters", () => {
  assert.equal(fitted("ALLIANCE✓", 40), "ALLIANCE✓");
  assert.equal(fitted("ALLIANCE✓", 5), "ALLI…");
  assert.equal(fitted("ALLIANCE✓", 1), "AL");
});
