// @ts-check
/** @import { Data, Item, Kept } from "./types.d.ts" */
/** @import { Held } from "./held.js" */
/** @import { Command } from "./keymap.js" */
/** @import { Parts } from "./later.js" */
/** @import { Store } from "./outbox.js" */
/* The workbench around the desk: text, list, keys and outbox at once, all other parts a moment later. */

import { ArticleView } from "./article.js";
import { CORE, labels } from "./commands.js";
import { Desk } from "./desk.js";
import { hook, shelf, typing } from "./dom.js";
import { chord, Keymap } from "./keymap.js";
import { SuggestionList } from "./list.js";
import { Outbox } from "./outbox.js";
import { SavingSign } from "./saving.js";
import * as walk from "./walk.js";
import { sender } from "./wire.js";

/** Return the parts that come later, for what is only reachable once they are there. @param {Bench} bench */
export const parts = (bench) => /** @type {Parts} */ (bench.parts);

export class Bench {
  /** @param {Data} data @param {Store} store @param {Held} held what was done before any of this was there */
  constructor(data, store, held) {
    this.held = held;
    this.blind = false;
    const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("workbench-desk") : null;
    this.desk = new Desk(data, (kept) => {
      void this.outbox.put(kept);
      channel?.postMessage(kept);
    });
    channel?.addEventListener("message", ({ data: kept }) => this.#elsewhere(kept));
    /** @type {Parts | null} */
    this.parts = null;
    this.entered = { p: -1, at: performance.now() };
    this.pages = { text: hook("text"), status: hook("status") };
    this.view = new ArticleView(this.desk, this.pages.text);
    this.list = new SuggestionList(this.desk, (item) => this.number(item));
    this.keymap = new Keymap([...CORE, ...labels(this)], shelf());
    this.sign = new SavingSign(this);
    this.outbox = new Outbox(store, {
      me: String(data.me.id),
      send: sender(data),
      state: (saving) => {
        this.sign.show(saving);
        if (!saving.waiting && !saving.storing) this.parts?.finish.clear();
      },
      settled: (decision, verdict, rev) => {
        this.desk.rev = Math.max(this.desk.rev, rev);
        this.desk.settle(decision, verdict);
      },
    });
    this.#listen();
  }

  #listen() {
    const { desk } = this;
    desk.addEventListener("say", (event) => this.#say(/** @type {CustomEvent<string>} */ (event).detail));
    desk.addEventListener("cursor", () => {
      const p = desk.here ? desk.model.paragraphOf(desk.here) : -1;
      if (p !== this.entered.p) this.entered = { p, at: performance.now() };
    });
    document.addEventListener("keydown", (event) => this.#key(event));
    for (const type of ["online", "pageshow", "focus"]) addEventListener(type, () => this.outbox.kick());
    document.addEventListener("visibilitychange", () => this.outbox.kick());
  }

  /** Show the state as it was left: what the outbox still holds, the first undecided under the cursor. */
  async open() {
    const { desk } = this;
    const known = new Set(desk.data.recent);
    const rows = (await this.outbox.mine()).filter((row) => row.lane === desk.lane && !row.why && !known.has(row.decision.key));
    if (rows.length) desk.replay(rows.map((row) => row.decision));
    desk.go(walk.undecided(desk.model, null) ?? desk.model.order[0] ?? null, { quiet: true, scroll: false });
    if (document.activeElement === document.body) hook("list").focus({ preventScroll: true });
    this.held.blind = false;
    this.outbox.kick();
  }

  /** Take the parts in that were fetched meanwhile, and do what waited for them. @param {(bench: Bench) => Parts} make */
  furnish(make) {
    this.parts = make(this);
    this.parts.takeOver();
  }

  /** @param {Item} item */
  number(item) {
    return this.view.numbers.get(item.id) ?? 0;
  }

  /** @param {Kept[]} kept decided in another tab of this browser; nothing when a page was opened there, perhaps after signing in */
  #elsewhere(kept) {
    if (!kept.length) this.outbox.kick();
    const mine = kept.filter((row) => row.lane === this.desk.lane);
    if (mine.length) this.desk.replay(mine.map((row) => row.decision));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { target } = event;
    const { held, parts } = this;
    if (event.isComposing || event.defaultPrevented) return;
    if (target instanceof Element && target.closest("dialog, details.menu")) return;
    if (parts?.hints.on) {
      event.preventDefault();
      return parts.hints.key(event);
    }
    const key = chord(event);
    if (key === "Escape" && !held.any) return parts?.escape();
    if (!key || (typing(target) && !key.startsWith("Ctrl+Enter") && key !== "Ctrl+K" && !/^(Shift\+)?F[16]$/.test(key))) return undefined;
    if (!typing(target) && parts?.caret.key(event)) return event.preventDefault();
    const pressed = target instanceof Element && target.closest("button, a, summary, input") && ["Enter", "Space"].includes(key);
    if (pressed) return undefined;
    const command = held.any ? null : this.keymap.find(key, this);
    if (!command) return void held.takes(event, key);
    event.preventDefault();
    return this.run(command);
  }

  /** @param {Command<Bench>} command */
  run(command) {
    if (command.changes && this.blind) return this.desk.say("What was pressed before the suggestions were shown has decided nothing.");
    if (command.changes && this.desk.readonly) {
      const whose = this.desk.data.item.state === "open" ? "This article is on another desk; you can read it here." : "This article is finished; reopen it to change something.";
      return this.desk.say(whose);
    }
    return command.run(this);
  }

  /** Return for how long a paragraph has been looked at, in milliseconds. @param {number} p */
  dwell(p) {
    return p === this.entered.p ? performance.now() - this.entered.at : 0;
  }

  /** @param {string} sentence */
  #say(sentence) {
    clearTimeout(this.speech);
    this.speech = setTimeout(() => (this.pages.status.textContent = sentence), 60);
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  speech;
}
