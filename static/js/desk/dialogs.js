// @ts-check
/** @import { Bench } from "./bench.js" */
/** @import { Command } from "./keymap.js" */
/* Windows over the desk: the palette of commands, and the list of keys where they can be changed. */

import { combo } from "./combo.js";
import { h, hook, keys } from "./dom.js";
import { chord } from "./keymap.js";
import * as remap from "./remap.js";

/**
 * Open a window; Escape and its button close it and give the focus back.
 * @param {string} title @param {...(Node | string | false | null)} content
 */
export function dialog(title, ...content) {
  const before = document.activeElement;
  const box = h("dialog", { class: "dialog", "aria-labelledby": "dialog-title" },
    h("header", {}, h("h2", { id: "dialog-title" }, title),
      h("button", { type: "button", class: "button quiet compact", "aria-label": "Close", on: { click: () => box.close() } }, "✕")),
    ...content);
  box.addEventListener("keydown", (event) => event.stopPropagation());
  box.addEventListener("close", () => {
    box.remove();
    if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus({ preventScroll: true });
    else hook("list").focus({ preventScroll: true });
  });
  document.body.append(box);
  box.showModal();
  return box;
}

/** Every command by its name; each row shows its key, so that the palette teaches the keys. */
export class Palette {
  /** @param {Bench} bench */
  constructor(bench) {
    this.bench = bench;
  }

  open() {
    const { bench } = this;
    const usable = bench.keymap.commands.filter((command) => (!command.when || command.when(bench)) && !(command.changes && bench.desk.readonly));
    const seen = new Set();
    const options = usable.filter(({ name }) => !seen.has(name) && seen.add(name)).map((command) => ({
      value: command.id, title: command.name, note: bench.keymap.keysOf(command).join("  "),
    }));
    const box = dialog("Commands", combo({
      name: "palette", label: "Command", shown: "", options: () => options, leave: () => box.close(),
      take: (option) => {
        box.close();
        const command = usable.find((each) => each.id === option?.value);
        if (command) bench.run(command);
      },
    }));
    box.classList.add("palette");
    box.querySelector("input")?.focus();
  }
}

/** All keys, printable; each command may be given others, and single keys may be switched off. */
export class KeyList {
  /** @param {Bench} bench */
  constructor(bench) {
    this.bench = bench;
  }

  open() {
    const { keymap } = this.bench;
    const singles = h("input", { type: "checkbox", on: { change: () => remap.singles(keymap, singles.checked) } });
    singles.checked = keymap.own.singles;
    const groups = Object.entries(Object.groupBy(keymap.commands, (command) => command.group));
    const box = dialog("Keys",
      h("div", { class: "row no-print" },
        h("label", { class: "check" }, singles, "Keys that are a single sign, such as a or x"),
        h("button", { type: "button", class: "button compact", on: { click: () => print() } }, "Print")),
      h("div", { class: "key-groups" }, ...groups.map(([group, commands]) =>
        h("section", {}, h("h3", {}, group), h("ul", {}, ...(commands ?? []).map((command) => this.#row(command)))))));
    box.classList.add("keylist");
  }

  /** @param {Command<Bench>} command @returns {HTMLLIElement} */
  #row(command) {
    const { keymap } = this.bench;
    const own = command.id in keymap.own.keys;
    const change = h("button", { type: "button", class: "button quiet compact no-print", "aria-label": `Change the key of: ${command.name}` }, "change");
    const reset = own && h("button", { type: "button", class: "button quiet compact no-print", "aria-label": `Usual keys for: ${command.name}` }, "reset");
    const row = h("li", {}, h("span", {}, command.name), h("span", { class: "row" }, ...keys(...keymap.keysOf(command)), change, reset));
    /** @param {string[] | null} to */
    const give = (to) => {
      remap.rebind(keymap, command.id, to);
      const next = this.#row(command);
      row.replaceWith(next);
      next.querySelector("button")?.focus();
    };
    change.addEventListener("click", () => (change.textContent = "press a key"));
    change.addEventListener("keydown", (event) => {
      if (change.textContent !== "press a key" || ["Tab", "Escape"].includes(event.key)) return;
      const key = chord(event);
      if (!key) return;
      event.preventDefault();
      give([key]);
    });
    if (reset) reset.addEventListener("click", () => give(null));
    return row;
  }
}
