// @ts-check
/** @import { Change, Data, Entity, Frame, Item, Label, Scheme, Slot, Span, State, Value } from "./types.d.ts" */
/* The article as decided so far: a reducer over the server's snapshot and the decisions since. */

import { Text } from "../offsets.js";

const RANK = { entity: 0, stance: 1, commitment: 2 };

/**
 * Return the stretch where an object stands: a frame's is its evidence.
 * @param {Item | State} item
 * @returns {Span}
 */
export const spanOf = (item) => ("span" in item ? item.span : /** @type {Span} */ (item.slots.evidence));

/**
 * Return what a decision changes about an object.
 * @param {Item} item
 * @returns {State}
 */
export function stateOf(item) {
  if (item.kind !== "entity") return { status: item.status, slots: { ...item.slots }, ids: { ...item.ids } };
  const { status, span, label, actor, actor_id, flags } = item;
  return { status, span, label, actor, actor_id, flags: [...flags] };
}

/** @param {Value | undefined} value @returns {value is Span} */
export const isSpan = (value) => Array.isArray(value);

/** Say whether two spans share a token. @param {Span} one @param {Span} other */
export const overlap = (one, other) => one[0] < other[1] && other[0] < one[1];

/** @param {Scheme} scheme @param {Item["kind"]} kind @returns {Slot[]} */
export const slotsOf = (scheme, kind) => (kind === "stance" ? scheme.stance : kind === "commitment" ? scheme.commitment : []);

/** Everything that the desk knows about the article. */
export class Model {
  /** @param {Data} data */
  constructor(data) {
    this.text = new Text(data.article);
    this.scheme = data.scheme;
    /** @type {Map<string, Label>} */
    this.labels = new Map(data.scheme.labels.map((label) => [label.name, label]));
    /** @type {Map<string, Item>} */
    this.items = new Map();
    /** @type {Item[][]} */
    this.inParagraph = this.text.paragraphs.map(() => []);
    /** @type {Item[]} */
    this.order = [];
    /** @type {Entity[]} */
    this.entities = [];
    /** @type {Frame[]} */
    this.frames = [];
    /** @type {Map<string, Entity[]> | null} entities by their words, once somebody asks */
    this.alike = null;
    this.left = 0;
    for (const item of data.objects) this.items.set(item.id, item);
    for (const item of this.items.values()) if (item.status === "suggested") this.left++;
    this.#sort();
    for (const item of this.order) for (const p of this.paragraphsOf(item)) this.inParagraph[p]?.push(item);
  }

  /** @param {Item} item */
  paragraphOf(item) {
    return this.text.paragraphOf(spanOf(item)[0]);
  }

  /** @param {Item} item */
  quote(item) {
    return this.text.quote(spanOf(item));
  }

  /** Say what was decided about an object. @param {Item} item */
  told(item) {
    return item.kind === "entity" ? `${item.label}, ${item.status}: “${this.quote(item)}”` : item.status;
  }

  /** @param {string} name @returns {Label} */
  label(name) {
    return this.labels.get(name) ?? { name, title: name, hue: "grey", key: null, group: "", rule: "" };
  }

  /** Return the paragraphs that an object touches. @param {Item} item */
  paragraphsOf(item) {
    const [start, end] = spanOf(item);
    const found = [];
    for (let p = this.text.paragraphOf(start); p <= this.text.paragraphOf(end - 1); p++) found.push(p);
    return found;
  }

  /** Put all objects in the order of the text; each is asked once where it stands. */
  #sort() {
    const placed = [...this.items.values()].map((item) => ({ item, p: this.paragraphOf(item), rank: RANK[item.kind], span: spanOf(item) }));
    placed.sort((x, y) => x.p - y.p || x.rank - y.rank || x.span[0] - y.span[0] || y.span[1] - x.span[1] || (x.item.id < y.item.id ? -1 : 1));
    this.order = placed.map(({ item }) => item);
    this.entities = /** @type {Entity[]} */ (this.order.filter((item) => item.kind === "entity"));
    this.frames = /** @type {Frame[]} */ (this.order.filter((item) => item.kind !== "entity"));
    this.alike = null;
  }

  /**
   * Let changes take effect; returns the paragraphs that look different now.
   * @param {Pick<Change, "kind" | "id" | "after">[]} changes
   */
  apply(changes) {
    /** @type {Set<number>} */
    const touched = new Set();
    let moved = false;
    for (const change of changes) {
      const item = this.items.get(change.id) ?? this.#born(change);
      const before = this.items.has(change.id) ? spanOf(item) : null;
      if (before) for (const p of this.paragraphsOf(item)) touched.add(p);
      if (before && item.status === "suggested") this.left--;
      Object.assign(item, structuredClone(change.after));
      item.version++;
      if (item.status === "suggested") this.left++;
      this.items.set(item.id, item);
      for (const p of this.paragraphsOf(item)) touched.add(p);
      moved ||= String(before) !== String(spanOf(item));
    }
    if (moved) this.#resort(touched);
    return touched;
  }

  /** @param {Set<number>} touched */
  #resort(touched) {
    this.#sort();
    for (const p of touched) this.inParagraph[p] = [];
    for (const item of this.order) {
      for (const p of this.paragraphsOf(item)) if (touched.has(p)) this.inParagraph[p]?.push(item);
    }
  }

  /** @param {Pick<Change, "kind" | "id" | "after">} change @returns {Item} */
  #born({ kind, id, after }) {
    const head = { id, kind, version: 0, origin: "added", suggester: null, score: null, cue: null };
    return /** @type {Item} */ ({ ...head, ...structuredClone(after) });
  }

  /** Return an object for the cursor to show: everything but added objects that were removed again. @param {Item} item */
  shown(item) {
    return item.status !== "rejected" || item.origin !== "added";
  }

  /** Return the other mentions of the same words. @param {Entity} entity @returns {Entity[]} */
  mentions(entity) {
    const words = (/** @type {Entity} */ each) => this.quote(each).toLowerCase();
    this.alike ??= Map.groupBy(this.entities, words);
    return (this.alike.get(words(entity)) ?? []).filter((other) => other !== entity);
  }
}
