// @ts-check
/** @import { Saving } from "./outbox.js" */
/** @import { Bench } from "./bench.js" */
/* What is said about saving: always there, always true. */

import { hook } from "./dom.js";

/**
 * Return the sign and the words for a state of the outbox.
 * @param {Saving} saving
 * @returns {{ state: string, words: string }}
 */
export function saying({ storing, waiting, refused, trouble, durable }) {
  const kept = durable ? "kept on this device" : "kept in this window only";
  if (storing) return { state: "storing", words: `Storing ${storing}…` };
  if (trouble === "signed-out") return { state: "bad", words: `Signed out: ${waiting} ${kept}. Sign in again` };
  if (trouble === "changed") return { state: "bad", words: `The text was imported anew: ${waiting} ${kept}. Reload` };
  if (refused) return { state: "bad", words: `${refused} need${refused === 1 ? "s" : ""} attention` };
  if (trouble === "offline" && waiting) return { state: "offline", words: `Offline: ${waiting} ${kept}` };
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
}
