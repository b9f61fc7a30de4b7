// @ts-check
/** @import { Entity, Item, Label } from "./types.d.ts" */
/** @import { Desk } from "./desk.js" */
/* Beside the text: what is known of the entity under the cursor, and the labels it may have. */

import { change } from "./acts.js";
import { combo } from "./combo.js";
import { h, hook } from "./dom.js";
import { candidates, registry } from "./slots.js";

const FLAGS = { glued: "glued to other words", credit: "picture credit", boilerplate: "boilerplate" };

export class Side {
  /** @param {Desk} desk @param {{ run: (name: string) => void, label: (label: Label) => void, keyOf: (label: Label) => string }} act */
  constructor(desk, act) {
    this.desk = desk;
    this.act = act;
    this.detail = hook("detail");
    this.labels = hook("labels");
    this.#palette();
    desk.addEventListener("cursor", () => this.draw());
    desk.addEventListener("change", () => this.draw());
    desk.addEventListener("chosen", () => this.draw());
    this.draw();
  }

  #palette() {
    const groups = Object.groupBy(this.desk.model.scheme.labels, (label) => label.group);
    for (const labels of Object.values(groups)) {
      this.labels.append(h("ul", { class: "labels" }, ...(labels ?? []).map((label) =>
        h("li", {}, h("button", {
          type: "button", class: `label hue-${label.hue}`, title: label.rule, "data-label": label.name, disabled: this.desk.readonly,
          on: { click: () => this.act.label(label) },
        }, h("kbd", { "aria-hidden": "true" }, this.act.keyOf(label)), label.title)))));
    }
  }

  draw() {
    const { here, chosen } = this.desk;
    const entity = here?.kind === "entity" ? here : null;
    hook("labels-box").hidden = !entity && !chosen;
    for (const button of this.labels.querySelectorAll("[data-label]")) {
      button.setAttribute("aria-pressed", String(!chosen && entity?.label === button.getAttribute("data-label")));
    }
    if (this.detail.contains(document.activeElement)) return;
    this.detail.replaceChildren(...(here?.conflict ? [this.#conflict(here)] : []), ...(entity ? this.#entity(entity) : []));
  }

  /** @param {Entity} entity */
  #entity(entity) {
    const { model } = this.desk;
    const label = model.label(entity.label);
    const score = entity.score != null ? `, ${Math.round(entity.score * 100)} % sure` : "";
    const cue = entity.cue ? ` (${entity.cue})` : "";
    const said = entity.origin === "added" ? "Added by hand" : `Proposed${cue}${score}`;
    const why = h("p", { class: "why", title: entity.suggester }, said);
    const rule = h("p", { class: "rule" }, h("strong", {}, label.title), ` ${label.rule}`);
    if (this.desk.readonly) return [why, h("p", {}, entity.actor ? `Names ${entity.actor}` : "Names no actor")];
    const actor = h("div", { class: "slot" }, h("label", { for: "link" }, "Actor ", h("u", { class: "slot-key" }, "l")), combo({
      name: "link", label: "Actor", shown: entity.actor ?? "", free: true, options: () => candidates(this.desk, entity.span), more: registry(this.desk),
      leave: () => hook("list").focus({ preventScroll: true }),
      take: (option) => {
        hook("list").focus({ preventScroll: true });
        this.desk.commit("edit", [change(entity, { actor: option?.value ?? null, actor_id: option?.id ?? null })]);
        this.desk.say(option ? `Names ${option.title}. Z undoes.` : "Names no actor. Z undoes.");
      },
    }));
    return [why, actor, this.#flags(entity), rule];
  }

  /** @param {Entity} entity */
  #flags(entity) {
    return h("div", { class: "flags" }, ...Object.entries(FLAGS).map(([flag, words]) => {
      const box = h("input", { type: "checkbox", on: { change: () => {
        const flags = box.checked ? [...entity.flags, flag] : entity.flags.filter((each) => each !== flag);
        this.desk.commit("edit", [change(entity, { flags })]);
      } } });
      box.checked = entity.flags.includes(flag);
      return h("label", { class: "check" }, box, words);
    }));
  }

  /** @param {Item} item */
  #conflict(item) {
    const conflict = /** @type {NonNullable<Item["conflict"]>} */ (item.conflict);
    const { theirs, who, when } = conflict;
    const at = new Date(when).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    const { model } = this.desk;
    /** @param {string} name @param {string} key @param {string} words */
    const button = (name, key, words) =>
      h("button", { type: "button", class: "button compact", on: { click: () => this.act.run(name) } }, h("kbd", {}, key), words);
    return h("div", { class: "note bad" }, h("p", {}, `You: ${model.told(item)}. ${who}, ${at}: ${model.told(theirs)}.`),
      h("div", { class: "row" }, button("keep-mine", "1", "Keep mine"), button("take-theirs", "2", `Take ${who}’s`), button("to-lead", "3", "Ask the lead")));
  }
}
