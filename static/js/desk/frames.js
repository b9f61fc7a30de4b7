// @ts-check
/** @import { Frame, Slot } from "./types.d.ts" */
/** @import { Desk } from "./desk.js" */
/* The card of the frame under the cursor, and one line for each other frame of the paragraph. */

import { h, hook } from "./dom.js";
import { slotsOf } from "./model.js";
import { pairOf, unpaired, words } from "./pairs.js";
import { allowed, filled, missing, wanted } from "./rules.js";
import { row } from "./slots.js";

export class FramePanel {
  /** @param {Desk} desk @param {(frame: Frame) => number} number @param {(name: string) => void} run runs a command */
  constructor(desk, number, run) {
    this.desk = desk;
    this.number = number;
    this.run = run;
    this.root = hook("frames");
    this.heading = hook("frames-heading");
    desk.addEventListener("cursor", () => this.draw());
    desk.addEventListener("change", () => this.draw());
    desk.addEventListener("picking", () => this.draw());
    this.draw();
  }

  /** @returns {Frame[]} */
  #near() {
    const { model, here } = this.desk;
    if (!here) return [];
    const found = (model.inParagraph[model.paragraphOf(here)] ?? []).filter((item) => item.kind !== "entity" && (item.status !== "rejected" || item === here));
    return /** @type {Frame[]} */ (found);
  }

  draw() {
    const focused = document.activeElement?.closest("[data-slot]")?.getAttribute("data-slot");
    const frames = this.#near();
    this.heading.hidden = !frames.length;
    this.root.replaceChildren(...frames.map((frame) => (frame === this.desk.here ? this.#card(frame) : this.#line(frame))));
    if (focused) this.#refocus(focused);
  }

  /** Put the focus on a slot of the card. @param {string} slot @param {boolean} [returns] whether a choice goes back to the list */
  focus(slot, returns = true) {
    this.returns = returns;
    const field = this.root.querySelector(`[data-slot="${CSS.escape(slot)}"]`);
    field?.closest("details")?.setAttribute("open", "");
    /** @type {HTMLElement | null | undefined} */ (field?.querySelector("input, button, output"))?.focus();
  }

  /** Give a slot its focus back after the card was drawn anew. @param {string} slot */
  #refocus(slot) {
    const field = this.root.querySelector(`[data-slot="${CSS.escape(slot)}"]`);
    const control = /** @type {HTMLElement | null | undefined} */ (field?.querySelector("input, button"));
    if (!control) return;
    field?.closest("details")?.setAttribute("open", "");
    control.dataset.quiet = "true";
    control.focus({ preventScroll: true });
  }

  /** Put the focus on the first slot that is missing, or else the first of all. @param {Frame} frame */
  enter(frame) {
    const slot = missing(this.desk.model.scheme, frame)[0] ?? slotsOf(this.desk.model.scheme, frame.kind)[0];
    if (slot) this.focus(slot.name, false);
  }

  /** @param {Frame} frame */
  #line(frame) {
    const { model } = this.desk;
    const names = frame.kind === "stance" ? ["holder", "polarity", "target"] : ["actor", "type", "status"];
    const parts = slotsOf(model.scheme, frame.kind).filter((slot) => names.includes(slot.name));
    const said = names.map((name) => words(model, /** @type {Slot} */ (parts.find((slot) => slot.name === name)), frame.slots[name])).filter(Boolean);
    return h("button", { type: "button", class: `frame-line ${frame.kind} ${frame.status}`, on: { click: () => this.desk.go(frame) } },
      h("strong", {}, h("span", { class: "num" }, String(this.number(frame) || "–")), ` ${frame.kind}`), h("span", {}, said.join(" · ") || "to be filled in"), h("small", {}, frame.status));
  }

  /** @param {Frame} frame */
  #card(frame) {
    const { model } = this.desk;
    const back = () => this.returns && hook("list").focus({ preventScroll: true });
    const slots = slotsOf(model.scheme, frame.kind);
    const open = slots.filter((slot) => slot.kind !== "flag" && (wanted(slot, frame.slots) || filled(frame.slots[slot.name])));
    const flags = slots.filter((slot) => slot.kind === "flag");
    const more = slots.filter((slot) => !open.includes(slot) && !flags.includes(slot) && allowed(slot, frame.slots));
    const card = h("section", { class: `card frame-card ${frame.kind}`, role: "group", "aria-labelledby": `t-${frame.id}`, "data-card": frame.id },
      h("h3", { id: `t-${frame.id}` }, h("span", {}, h("span", { class: "num" }, String(this.number(frame) || "–")), frame.kind === "stance" ? " Stance" : " Commitment"), h("span", { class: `badge ${{ accepted: "ok", rejected: "bad", suggested: "muted" }[frame.status]}` }, frame.status)));
    if (frame.cue) card.append(h("p", { class: "why", title: frame.suggester }, this.#why(frame)));
    card.append(...open.map((slot) => row(this.desk, frame, slot, back)));
    if (flags.length) card.append(h("div", { class: "flags" }, ...flags.map((slot) => row(this.desk, frame, slot, back))));
    if (more.length) card.append(h("details", {}, h("summary", {}, `${more.length} more`), ...more.map((slot) => row(this.desk, frame, slot, back))));
    if (unpaired(model, frame) && frame.status !== "rejected") card.append(this.#pair(frame));
    if (!this.desk.readonly) card.append(this.#buttons());
    return card;
  }

  /** @param {Frame} frame */
  #why(frame) {
    const score = frame.score != null ? `, ${Math.round(frame.score * 100)} % sure` : "";
    return `Proposed (${frame.cue})${score}`;
  }

  /** @param {Frame} frame */
  #pair(frame) {
    const polarity = pairOf(this.desk.model.scheme, frame)?.slots.polarity;
    return h("p", { class: "note warn pair" }, `Words like these also tell a stance (${polarity}). `,
      h("button", { type: "button", class: "button compact", on: { click: () => this.run("stance") } }, "Add it ", h("kbd", {}, "S")));
  }

  #buttons() {
    /** @param {string} name @param {string} label @param {string} key @param {string} [kind] */
    const button = (name, label, key, kind = "") =>
      h("button", { type: "button", class: `button compact ${kind}`, on: { click: () => this.run(name) } }, `${label} `, h("kbd", { "aria-hidden": "true" }, key));
    return h("div", { class: "actions" }, button("accept", "Accept", "Ctrl ⏎", "primary"), button("reject", "Reject", "X"), button("wider", "Evidence wider", "."), button("narrower", "narrower", ","));
  }
}
