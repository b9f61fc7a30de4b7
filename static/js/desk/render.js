// @ts-check
/** @import { Entity, Frame } from "./types.d.ts" */
/** @import { Model } from "./model.js" */
/*
 * A paragraph as HTML: one element for each span, nested where spans nest and cut where they cross.
 * The text content stays exactly the paragraph's text: tags are drawn by CSS from attributes.
 */

import { spanOf } from "./model.js";

/**
 * @typedef {object} Mark
 * @property {number} a
 * @property {number} b
 * @property {string} id
 * @property {string} classes
 * @property {string} described
 * @property {string} tag
 * @property {string} hue
 * @property {boolean} [rest] whether this is a later piece of a span that was cut
 *
 * @typedef {Mark & { inner: Node[], height: number }} Node
 *
 * @typedef {{ at: number, sign: string, kind: string }} Anchor where a frame's evidence starts
 */

const SIGNS = { accepted: "✓", rejected: "✕", suggested: "" };
const TAG_UNIT = 6.9;
const TEXT_UNIT = 8.4;

/** @param {string} text */
export const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * Nest marks; one that crosses another is cut at its edge.
 * @param {Mark[]} marks
 * @returns {Node[]}
 */
export function nest(marks) {
  const queue = [...marks].sort((x, y) => x.a - y.a || y.b - x.b);
  /** @type {Node[]} */
  const roots = [];
  /** @type {Node[]} */
  const open = [];
  for (let i = 0; i < queue.length; i++) {
    const mark = /** @type {Mark} */ (queue[i]);
    while (open.length && /** @type {Node} */ (open.at(-1)).b <= mark.a) open.pop();
    const around = open.at(-1);
    let { b } = mark;
    if (around && b > around.b) {
      b = around.b;
      const rest = { ...mark, a: b, rest: true };
      const at = queue.findIndex((other, k) => k > i && (other.a > rest.a || (other.a === rest.a && other.b < rest.b)));
      queue.splice(at < 0 ? queue.length : at, 0, rest);
    }
    const node = { ...mark, b, inner: [], height: 0 };
    (around ? around.inner : roots).push(node);
    open.push(node);
  }
  for (const root of roots) measure(root);
  return roots;
}

/** @param {Node} node */
function measure(node) {
  for (const inner of node.inner) node.height = Math.max(node.height, 1 + measure(inner));
  return node.height;
}

/** Cut a tag to the room before the next one. @param {string} tag @param {number} room in characters of text */
export function fitted(tag, room) {
  const most = Math.floor((room * TEXT_UNIT - 3) / TAG_UNIT);
  return tag.length <= most ? tag : tag.slice(0, Math.max(2, most - 1)) + (most > 3 ? "…" : "");
}

/**
 * @param {string} text @param {Node[]} roots @param {Anchor[]} anchors
 */
export function html(text, roots, anchors) {
  /** @type {Map<number, { tag: string, hue: string }[]>} */
  const tags = new Map();
  /** @param {number} at @param {{ tag: string, hue: string }} tag */
  const put = (at, tag) => tags.set(at, [...(tags.get(at) ?? []), tag]);
  for (const { at, sign, kind } of anchors) {
    const pill = tags.get(at)?.find((tag) => tag.hue === kind);
    if (pill) pill.tag += `·${sign}`;
    else put(at, { tag: sign, hue: kind });
  }
  /** @param {Node[]} nodes */
  const collect = (nodes) => {
    for (const node of nodes) {
      if (!node.rest) put(node.a, node);
      collect(node.inner);
    }
  };
  collect(roots);
  const stops = [...tags.keys()].sort((x, y) => x - y);
  for (const [i, at] of stops.entries()) {
    const found = tags.get(at) ?? [];
    const next = stops[i + 1];
    const wide = found.reduce((sum, { tag }) => sum + 2 + tag.length, 0) * TAG_UNIT;
    if (next === undefined || !found.every(({ hue }) => hue.startsWith("anchor")) || wide <= (next - at) * TEXT_UNIT) continue;
    tags.set(next, [...found, ...(tags.get(next) ?? [])]);
    tags.delete(at);
  }

  /** @param {number} at */
  const tagsAt = (at) => {
    const found = tags.get(at);
    if (!found) return "";
    tags.delete(at);
    const room = (stops.find((stop) => stop > at) ?? text.length + 12) - at;
    const pills = found.filter(({ hue }) => hue.startsWith("anchor"));
    const share = (room - pills.reduce((sum, { tag }) => sum + 1 + tag.length * 0.8, 0)) / Math.max(1, found.length - pills.length);
    const shown = found.map((each) => (pills.includes(each) ? each : { ...each, tag: fitted(each.tag, share) }));
    const drawn = shown.map(({ tag, hue }) => `<i class="${hue}" data-t="${escape(tag)}"></i>`);
    return `<span class="tags" aria-hidden="true">${drawn.join("")}</span>`;
  };
  /** @param {number} from @param {number} to */
  const plain = (from, to) => {
    let out = "";
    let at = from;
    for (const stop of stops) {
      if (stop < from || stop >= to || !tags.has(stop)) continue;
      out += `${escape(text.slice(at, stop))}<span class="at">${tagsAt(stop)}</span>`;
      at = stop;
    }
    return out + escape(text.slice(at, to));
  };
  /** @param {Node[]} nodes @param {number} from @param {number} to @returns {string} */
  const walk = (nodes, from, to) => {
    let out = "";
    let at = from;
    for (const node of nodes) {
      out += plain(at, node.a);
      const lane = node.height ? ` h${Math.min(node.height, 3)}` : "";
      out += `<mark class="m ${node.classes}${lane}" data-i="${node.id}" aria-describedby="${node.described}">${tagsAt(node.a)}${walk(node.inner, node.a, node.b)}</mark>`;
      at = node.b;
    }
    return out + plain(at, to);
  };
  return walk(roots, 0, text.length);
}

/**
 * Return a paragraph's HTML.
 * @param {Model} model @param {number} p
 * @param {{ keep: (item: Entity) => boolean, number: (frame: Frame) => number }} view
 */
export function paragraphHtml(model, p, view) {
  /** @type {Mark[]} */
  const marks = [];
  /** @type {Anchor[]} */
  const anchors = [];
  for (const item of model.inParagraph[p] ?? []) {
    const piece = model.text.pieces(spanOf(item)).find((each) => each.p === p);
    if (!piece) continue;
    if (item.kind !== "entity") {
      const starts = model.paragraphOf(item) === p && item.status !== "rejected";
      if (starts) anchors.push({ at: piece.a, sign: String(view.number(item)), kind: `anchor ${item.kind}` });
    } else if (view.keep(item) && piece.a < piece.b) {
      const hue = `hue-${model.label(item.label).hue}`;
      const tag = item.label + (item.conflict ? " ≠" : SIGNS[item.status]);
      const classes = `${hue} ${item.status}${item.conflict ? " conflict" : ""}`;
      marks.push({ a: piece.a, b: piece.b, id: item.id, hue, classes, tag, described: `d-${item.label} d-${item.status}` });
    }
  }
  return html(model.text.paragraph(p).text, nest(marks), anchors);
}
