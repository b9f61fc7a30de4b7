// @ts-check
/** @import { Act, Change, Data, Decision, Item, Kept, Slot, Span, Frame, Txn, Verdict } from "./types.d.ts" */
/* The desk: one cursor over one article; every act goes model → paint → outbox. */

import { uuid } from "./acts.js";
import { History } from "./history.js";
import { Model, stateOf } from "./model.js";
import * as walk from "./walk.js";

/**
 * @typedef {object} Options
 * @property {boolean} [bulk] whether nobody looked at each of them
 * @property {string} [undoes]
 * @property {number} [dwell] milliseconds of looking, when it is not the cursor's own
 */

export class Desk extends EventTarget {
  /** @param {Data} data @param {(kept: Kept[]) => void} keep puts decisions into the outbox */
  constructor(data, keep) {
    super();
    this.data = data;
    this.keep = keep;
    this.model = new Model(data);
    this.history = new History();
    /** @type {Txn[]} everything that happened, undoing too, oldest first */
    this.past = [];
    /** @type {Map<string, string | null>} what each act undoes */
    this.undoing = new Map();
    /** @type {Promise<boolean> | null} the log from before, while it is on its way */
    this.earlier = null;
    this.partial = true;
    this.readonly = data.item.readonly || data.item.state !== "open";
    this.rev = data.rev;
    this.lane = `${data.me.id}/${data.item.id}`;
    /** @type {Item | null} */
    this.here = null;
    /** @type {Span | null} words that were chosen in the text */
    this.chosen = null;
    /** @type {{ frame: string, slot: Slot } | null} the slot that the next chosen words fill */
    this.picking = null;
    this.arrived = performance.now();
    this.acts = 0;
  }

  /** @param {string} sentence */
  say(sentence) {
    this.dispatchEvent(new CustomEvent("say", { detail: sentence }));
  }

  /** Say which paragraphs look different now. @param {Iterable<number>} paragraphs */
  changed(paragraphs) {
    this.dispatchEvent(new CustomEvent("change", { detail: new Set(paragraphs) }));
  }

  /**
   * Put the cursor on an object.
   * @param {Item | null} item @param {{ scroll?: boolean, quiet?: boolean }} [how]
   */
  go(item, { scroll = true, quiet = false } = {}) {
    const from = this.here;
    if (from !== item) this.arrived = performance.now();
    this.here = item;
    this.dispatchEvent(new CustomEvent("cursor", { detail: { from, item, scroll } }));
    if (item && !quiet) this.say(this.describe(item));
  }

  /** @param {Item} item */
  describe(item) {
    const status = item.status === "suggested" ? "" : `, ${item.status}`;
    if (item.kind === "entity") return `${this.model.quote(item)}, ${this.model.label(item.label).title}${status}`;
    const who = item.slots[item.kind === "stance" ? "holder" : "actor"] ?? "nobody yet";
    return `${item.kind === "stance" ? "Stance" : "Commitment"} of ${who}${status}: ${this.model.quote(item)}`;
  }

  /**
   * Let an act happen: it changes the model, is painted, can be undone and goes to the outbox.
   * @param {Act} act @param {Change[] | null} changes @param {Options} [options]
   */
  commit(act, changes, { bulk = false, undoes, dwell } = {}) {
    if (this.readonly || !changes?.length) return false;
    const txn = uuid();
    const at = new Date().toISOString();
    const looked = Math.round(dwell ?? performance.now() - this.arrived);
    const kept = changes.map(({ kind, id, after }) => {
      const expect = this.model.items.get(id)?.version ?? 0;
      /** @type {Decision} */
      const decision = { key: uuid(), txn, at, act, kind, id, expect, after, bulk, dwell_ms: looked };
      if (undoes) decision.undoes = undoes;
      return this.envelope(decision);
    });
    this.acts++;
    this.#record({ txn, act, changes, at }, undoes);
    this.changed(this.model.apply(changes));
    this.keep(kept);
    return true;
  }

  /** @param {Decision} decision @returns {Kept} */
  envelope(decision) {
    const { text_sha256, tokeniser } = this.data.article;
    return { lane: this.lane, me: String(this.data.me.id), url: this.data.urls.decisions, text_sha256, tokeniser, decision };
  }

  /** @param {Txn} txn @param {string} [undoes] */
  #record(txn, undoes) {
    this.history.record(txn, undoes);
    this.past.push(txn);
    this.undoing.set(txn.txn, undoes ?? null);
  }

  /** Go to what is undecided next, saying first what was just done. @param {string} done */
  onward(done) {
    const next = walk.undecided(this.model, this.here);
    const left = this.model.left;
    if (next) this.go(next, { quiet: true });
    else this.go(this.here, { quiet: true, scroll: false });
    this.say(next && left ? `${done}. Next: ${this.describe(next)}. ${left} left.` : `${done}. Nothing is undecided; Shift+Enter finishes.`);
  }

  /**
   * Take over decisions that were made in another tab or wait in the outbox since before a reload.
   * @param {Decision[]} decisions
   */
  replay(decisions) {
    for (const group of Map.groupBy(decisions, (each) => each.txn).values()) {
      const head = /** @type {Decision} */ (group[0]);
      const changes = group.map(({ kind, id, after }) => {
        const item = this.model.items.get(id);
        return { kind, id, before: item ? stateOf(item) : null, after };
      });
      this.#record({ txn: head.txn, act: head.act, changes, at: head.at }, head.undoes);
      this.changed(this.model.apply(changes));
    }
    for (const { id, expect } of decisions) {
      const item = this.model.items.get(id);
      if (item) item.version = Math.max(item.version, expect + 1);
    }
  }

  /** Take note of the server's answer to a decision. @param {Decision} decision @param {Verdict} verdict */
  settle(decision, verdict) {
    const item = this.model.items.get(decision.id);
    if (!item) return;
    if (verdict.verdict === "conflict") {
      item.conflict = { theirs: verdict.object, who: verdict.who, when: verdict.when };
      this.changed(this.model.paragraphsOf(item));
      this.say(`${verdict.who} decided otherwise about ${this.model.quote(item)}. There, 1 keeps yours and 2 takes theirs.`);
    } else if ("version" in verdict) {
      item.version = Math.max(item.version, verdict.version);
    }
  }

  /** Choose words in the text, or let go of them. @param {Span | null} span */
  choose(span) {
    this.chosen = span;
    this.dispatchEvent(new CustomEvent("chosen", { detail: span }));
  }

  /** Let the next chosen words fill a slot, or stop that. @param {Frame | null} frame @param {Slot} [slot] */
  pick(frame, slot) {
    this.picking = frame && slot ? { frame: frame.id, slot } : null;
    this.dispatchEvent(new CustomEvent("picking", { detail: this.picking }));
  }
}
