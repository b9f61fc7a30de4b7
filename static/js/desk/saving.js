// @ts-check
/** @import { Saving } from "./outbox.js" */
/** @import { Bench } from "./bench.js" */
/* What is said about saving: always there, always true. */

import { dialog } from "./dialogs.js";
import { h, hook } from "./dom.js";

/**
 * Return the sign and the words for a state of the outbox.
 * @param {Saving} saving
 * @returns {{ state: string, words: string }}
 */
export function saying({ storing, waiting, refused, trouble, durable }) {
  const kept = durable ? "kept on this device" : "kept in this window only";
  const open = storing + waiting;
  if (trouble === "signed-out") return { state: "bad", words: `Signed out: ${open} ${kept}. Sign in again` };
  if (trouble === "changed") return { state: "bad", words: `The text was imported anew: ${open} ${kept}. Reload` };
  if (refused) return { state: "bad", words: `${refused} need${refused === 1 ? "s" : ""} attention` };
  if (trouble === "offline" && open) return { state: "offline", words: `Offline: ${open} ${kept}` };
  if (storing) return { state: "storing", words: `Storing ${storing}…` };
  if (waiting) return { state: "busy", words: `Saving ${waiting}…` };
  return { state: "ok", words: "All changes saved" };
}

export class SavingSign {
  /** @param {Bench} bench */
  constructor(bench) {
    this.bench = bench;
    this.button = hook("saving");
    /** @type {Saving} */
    this.saving = { storing: 0, waiting: 0, refused: 0, trouble: "", durable: true };
    this.button.addEventListener("click", () => void this.#help());
    addEventListener("beforeunload", (event) => {
      const { storing, waiting, durable } = this.saving;
      if (storing || (!durable && waiting)) event.preventDefault();
    });
  }

  /** @param {Saving} saving */
  show(saving) {
    this.saving = saving;
    const { state, words } = saying(saving);
    this.button.dataset.state = state;
    if (this.button.textContent !== words) this.button.textContent = words;
  }

  async #help() {
    const { desk, outbox } = this.bench;
    const { trouble, refused } = this.saving;
    if (trouble === "changed") return location.reload();
    if (trouble === "signed-out") {
      open(desk.data.urls.signin, "signin", "popup,width=480,height=640");
      addEventListener("focus", () => outbox.kick(), { once: true });
      return undefined;
    }
    if (refused) return this.#attention();
    outbox.kick();
    return undefined;
  }

  /** Show what the server would not take: to be exported or let go, never dropped silently. */
  async #attention() {
    const { desk, outbox } = this.bench;
    const rows = (await outbox.mine()).filter((row) => row.why);
    const file = new Blob([JSON.stringify(rows.map(({ decision, why }) => ({ why, decision })), null, 2)], { type: "application/json" });
    const href = URL.createObjectURL(file);
    const box = dialog("Not taken by the server",
      h("p", {}, "Everything else is saved."),
      h("ul", {}, ...rows.map(({ decision, why }) => h("li", {}, `${decision.act} of ${decision.kind} ${this.#words(decision.id)}: ${why}`))),
      h("div", { class: "actions" },
        h("a", { class: "button", href, download: `decisions-${desk.data.item.id}.json` }, "Keep a copy as a file"),
        h("button", { type: "button", class: "button danger", on: { click: async () => {
          await outbox.store.drop(rows.map((row) => row.decision.key));
          outbox.kick();
          box.close();
          location.reload();
        } } }, "Let go of them")));
    box.addEventListener("close", () => URL.revokeObjectURL(href));
  }

  /** @param {string} id */
  #words(id) {
    const item = this.bench.desk.model.items.get(id);
    return item ? `“${this.bench.desk.model.quote(item)}”` : id;
  }
}
