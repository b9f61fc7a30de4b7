// @ts-check
/** @import { Data, Item, Kept, Label } from "./types.d.ts" */
/** @import { Command } from "./keymap.js" */
/** @import { Store } from "./outbox.js" */
/* The workbench around the desk: puts the parts together and hands each key to the right one. */

import { fill } from "./acts.js";
import { ArticleView } from "./article.js";
import { Caret } from "./caret.js";
import { Chooser } from "./chooser.js";
import { commands } from "./commands.js";
import * as decide from "./decide.js";
import { Desk } from "./desk.js";
import { KeyList, Palette } from "./dialogs.js";
import { hook, typing } from "./dom.js";
import { Elsewhere } from "./elsewhere.js";
import { Find } from "./find.js";
import { Finish } from "./finish.js";
import { FramePanel } from "./frames.js";
import { Guide } from "./guide.js";
import { Hints } from "./hints.js";
import { chord, Keymap } from "./keymap.js";
import { SuggestionList } from "./list.js";
import { Outbox } from "./outbox.js";
import { Pointer } from "./pointer.js";
import { Rail } from "./rail.js";
import { Review } from "./review.js";
import { SavingSign } from "./saving.js";
import { Side } from "./side.js";
import { Spread } from "./spread.js";
import { Talk } from "./talk.js";
import { Timeline } from "./timeline.js";
import { Timer } from "./timer.js";
import * as walk from "./walk.js";
import { sender } from "./wire.js";

/** Return the browser's small store, or null where it is refused. */
function shelf() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

export class Bench {
  /** @param {Data} data @param {Store} store */
  constructor(data, store) {
    const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("workbench-desk") : null;
    this.desk = new Desk(data, (kept) => {
      void this.outbox.put(kept);
      channel?.postMessage(kept);
    });
    channel?.addEventListener("message", ({ data: kept }) => this.#elsewhere(kept));
    /** @type {Item[]} where `least certain` came from */
    this.trail = [];
    this.entered = { p: -1, at: performance.now() };
    this.pages = { text: hook("text"), status: hook("status") };
    this.view = new ArticleView(this.desk, this.pages.text);
    const number = (/** @type {Item} */ item) => this.view.numbers.get(item.id) ?? 0;
    this.list = new SuggestionList(this.desk, number);
    this.frames = new FramePanel(this.desk, number, (name) => this.command(name));
    this.pointer = new Pointer(this.desk, this.view);
    this.caret = new Caret(this.desk, this.view);
    this.hints = new Hints(this.desk, this.view);
    this.find = new Find(this);
    this.rail = new Rail(this.desk, (p) => this.#jump(p));
    this.keymap = new Keymap(commands(this), shelf());
    const act = { run: (/** @type {string} */ name) => this.command(name), label: (/** @type {Label} */ label) => this.label(label), keyOf };
    this.side = new Side(this.desk, act);
    this.chooser = new Chooser(this.desk, this.view, act.label);
    this.spread = new Spread(this);
    this.elsewhere = new Elsewhere(this);
    this.talk = new Talk(this);
    this.timeline = new Timeline(this);
    this.timer = new Timer(hook("timer"), `workbench-time-${data.me.id}-${data.item.id}`, shelf());
    this.review = new Review(this, shelf());
    this.palette = new Palette(this);
    this.keylist = new KeyList(this);
    this.guide = new Guide(this);
    this.sign = new SavingSign(this);
    this.outbox = new Outbox(store, {
      me: String(data.me.id),
      send: sender(data),
      state: (saving) => {
        this.sign.show(saving);
        if (!saving.waiting && !saving.storing) this.finish.clear();
      },
      settled: (decision, verdict, rev) => {
        this.desk.rev = Math.max(this.desk.rev, rev);
        this.desk.settle(decision, verdict);
      },
    });
    this.finish = new Finish(this);
    this.#listen();
  }

  #listen() {
    const { desk } = this;
    desk.addEventListener("say", (event) => this.#say(/** @type {CustomEvent<string>} */ (event).detail));
    desk.addEventListener("cursor", () => {
      const p = desk.here ? desk.model.paragraphOf(desk.here) : -1;
      if (p !== this.entered.p) this.entered = { p, at: performance.now() };
    });
    desk.addEventListener("chosen", () => {
      if (desk.picking && desk.chosen && !this.caret.on) decide.fillPicked(this);
    });
    document.addEventListener("keydown", (event) => this.#key(event));
    for (const button of document.querySelectorAll("[data-run]")) {
      button.addEventListener("click", () => this.command(button.getAttribute("data-run") ?? ""));
    }
    for (const type of ["online", "pageshow"]) addEventListener(type, () => this.outbox.kick());
    document.addEventListener("visibilitychange", () => this.outbox.kick());
  }

  /** Show the state as it was left: what the outbox still holds, the first undecided under the cursor. */
  async open() {
    const { desk } = this;
    const known = new Set(desk.data.log.map((row) => row.key));
    const rows = (await this.outbox.mine()).filter((row) => row.lane === desk.lane && !row.why && !known.has(row.decision.key));
    if (rows.length) desk.replay(rows.map((row) => row.decision));
    desk.go(walk.undecided(desk.model, null) ?? desk.model.order[0] ?? null, { quiet: true, scroll: false });
    hook("list").focus({ preventScroll: true });
    this.outbox.kick();
  }

  /** @param {Kept[]} kept decided in another tab of this browser */
  #elsewhere(kept) {
    const mine = kept.filter((row) => row.lane === this.desk.lane);
    if (mine.length) this.desk.replay(mine.map((row) => row.decision));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || event.defaultPrevented) return;
    const { target } = event;
    if (target instanceof Element && target.closest("dialog, details.menu")) return;
    if (this.hints.on) {
      event.preventDefault();
      return this.hints.key(event);
    }
    const key = chord(event);
    if (key === "Escape") return this.#escape();
    if (!key || (typing(target) && !key.startsWith("Ctrl+Enter") && key !== "Ctrl+K" && !/^(Shift\+)?F6$/.test(key))) return undefined;
    if (!typing(target) && this.caret.key(event)) return event.preventDefault();
    const pressed = target instanceof Element && target.closest("button, a, summary, input") && ["Enter", "Space"].includes(key);
    const command = pressed ? null : this.keymap.find(key, this);
    if (!command) return undefined;
    event.preventDefault();
    return this.run(command);
  }

  #escape() {
    const { desk } = this;
    this.caret.leave();
    desk.pick(null);
    desk.choose(null);
    this.chooser.close();
    hook("list").focus({ preventScroll: true });
  }

  /** @param {Command<Bench>} command */
  run(command) {
    if (command.changes && this.desk.readonly) {
      const whose = this.desk.data.item.state === "open" ? "This article is on another desk; you can read it here." : "This article is finished; reopen it to change something.";
      return this.desk.say(whose);
    }
    return command.run(this);
  }

  /** Run a command by its name, as buttons do. @param {string} id */
  command(id) {
    const command = this.keymap.commands.find((each) => each.id === id);
    if (command) this.run(command);
  }

  /** @param {Label} label */
  label(label) {
    if (!this.desk.readonly) decide.label(this, label);
  }

  /** Offer what was decided about an object for its other mentions. @param {Item} item */
  offer(item) {
    this.spread.offer(item);
  }

  /** Fill a slot of the frame under the cursor. @param {string} slot @param {string} value */
  fill(slot, value) {
    const { here } = this.desk;
    if (here && here.kind !== "entity" && this.desk.commit("edit", fill(here, slot, value))) this.desk.say(`${slot}: ${value}. Z undoes.`);
  }

  /** Return for how long a paragraph has been looked at, in milliseconds. @param {number} p */
  dwell(p) {
    return p === this.entered.p ? performance.now() - this.entered.at : 0;
  }

  /** @param {number} p */
  #jump(p) {
    const { model } = this.desk;
    const item = (model.inParagraph[p] ?? []).find((each) => model.shown(each));
    if (item) this.desk.go(item);
    else this.view.block(p)?.scrollIntoView({ block: "center" });
  }

  /** @param {string} sentence */
  #say(sentence) {
    clearTimeout(this.speech);
    this.speech = setTimeout(() => (this.pages.status.textContent = sentence), 60);
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  speech;
}

/** Return the key that sets a label, as its button shows it. @param {Label} label */
const keyOf = (label) => (/^\d$/.test(label.key ?? "") ? (label.key ?? "") : `T ${(label.key ?? label.name.charAt(0)).toUpperCase()}`);
