// @ts-check
/** @import { Bench } from "./bench.js" */
/** @import { Item, Label, Span } from "./types.d.ts" */
/* Everything beside text, list, keys and outbox: fetched as soon as those work, before anybody misses it. */

import * as adding from "./adding.js";
import { Ahead } from "./ahead.js";
import { Caret } from "./caret.js";
import { Chooser } from "./chooser.js";
import * as decide from "./decide.js";
import { KeyList, Palette } from "./dialogs.js";
import { h, hook, shelf } from "./dom.js";
import { Elsewhere } from "./elsewhere.js";
import { Find } from "./find.js";
import { Finish } from "./finish.js";
import { FramePanel } from "./frames.js";
import { commands } from "./further.js";
import { Guide } from "./guide.js";
import { Hints } from "./hints.js";
import { fetchPast } from "./past.js";
import { Pointer } from "./pointer.js";
import { keepLease } from "./presence.js";
import { onPaper } from "./printing.js";
import { Rail } from "./rail.js";
import { during, release } from "./replay.js";
import { Review } from "./review.js";
import { Side } from "./side.js";
import { Spread } from "./spread.js";
import { Talk } from "./talk.js";
import { Timeline } from "./timeline.js";
import { Timer } from "./timer.js";
import { help } from "./trouble.js";

/** Return the key that sets a label, as its button shows it. @param {Label} label */
const keyOf = (label) => (/^\d$/.test(label.key ?? "") ? (label.key ?? "") : `T ${(label.key ?? label.name.charAt(0)).toUpperCase()}`);

export class Parts {
  /** @param {Bench} bench */
  constructor(bench) {
    const { desk, view, keymap } = bench;
    this.bench = bench;
    /** @type {Item[]} where `least certain` came from */
    this.trail = [];
    keymap.commands = commands(bench);
    this.rail = new Rail(desk, (p) => this.#jump(p));
    this.frames = new FramePanel(desk, (item) => bench.number(item), (name) => this.command(name));
    const act = { run: (/** @type {string} */ name) => this.command(name), label: (/** @type {Label} */ label) => this.#label(label), keyOf };
    this.side = new Side(desk, act);
    this.pointer = new Pointer(desk, view);
    this.caret = new Caret(desk, view);
    this.hints = new Hints(desk, view);
    this.find = new Find(bench);
    this.chooser = new Chooser(desk, view, act.label);
    this.spread = new Spread(bench);
    this.elsewhere = new Elsewhere(bench);
    this.talk = new Talk(bench);
    this.timeline = new Timeline(bench);
    this.timer = new Timer(hook("timer"), `workbench-time-${desk.data.me.id}-${desk.data.item.id}`, shelf());
    this.review = new Review(bench, shelf());
    this.palette = new Palette(bench);
    this.keylist = new KeyList(bench);
    this.guide = new Guide(bench);
    this.finish = new Finish(bench);
    this.ahead = new Ahead(desk);
    fetchPast(desk);
    onPaper(bench);
    keepLease(desk);
    document.head.append(h("link", { rel: "stylesheet", href: hook("desk").dataset.windows }));
    this.#listen();
  }

  #listen() {
    const { bench } = this;
    const { desk } = bench;
    desk.addEventListener("chosen", () => {
      if (desk.picking && desk.chosen && !this.caret.on) adding.fillPicked(bench);
    });
    hook("saving").addEventListener("click", () => void help(bench));
    for (const button of document.querySelectorAll("[data-run]")) {
      button.addEventListener("click", () => this.command(button.getAttribute("data-run") ?? ""));
    }
  }

  /** Look at the words that were chosen before, and do what waited. */
  takeOver() {
    this.pointer.look();
    release(this.bench);
  }

  /** Let keys wait for something that they may be meant for. @param {Promise<unknown>} coming */
  during(coming) {
    void during(this.bench, coming);
  }

  /** Run a command by its name, as buttons do. @param {string} id */
  command(id) {
    const command = this.bench.keymap.commands.find((each) => each.id === id);
    if (command) this.bench.run(command);
  }

  /** @param {Label} label */
  #label(label) {
    if (!this.bench.desk.readonly) decide.label(this.bench, label);
  }

  /** Label words that were chosen. @param {Span} span @param {Label} label */
  add(span, label) {
    adding.add(this.bench, span, label);
  }

  /** Leave whatever was begun, and go back to the list. */
  escape() {
    const { desk } = this.bench;
    this.caret.leave();
    desk.pick(null);
    desk.choose(null);
    this.chooser.close();
    hook("list").focus({ preventScroll: true });
  }

  /** @param {number} p */
  #jump(p) {
    const { desk, view } = this.bench;
    const item = (desk.model.inParagraph[p] ?? []).find((each) => desk.model.shown(each));
    if (item) desk.go(item);
    else view.block(p)?.scrollIntoView({ block: "center" });
  }
}

/** @param {Bench} bench */
export const furnish = (bench) => new Parts(bench);
