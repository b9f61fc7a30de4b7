// @ts-check
/** @import { Bench } from "./bench.js" */
/* The end of an article: finishing, skipping, opening it again. */

import { parts } from "./bench.js";
import { dialog } from "./dialogs.js";
import { h, hook } from "./dom.js";
import { Halt } from "./outbox.js";
import { during } from "./replay.js";
import { post } from "./wire.js";

const REASONS = ["Not about the subject", "Text is damaged or incomplete", "Wrong language", "I know the people or took part"];

/** @type {Record<string, string>} what a finished article is now */
const BECAME = {
  gold: "The article is gold now.",
  waiting: "It becomes gold once its other readers are done.",
  adjudicate: "Its readers differ; an adjudicator decides.",
  practice: "This was practice. See what matched, and what the team reads otherwise.",
};

/**
 * @typedef {{ accepted: number, corrected: number, added: number, rejected: number, bulk: number, outcome: string }} Summary
 * @typedef {{ next: string | null, title: string | null, summary: Summary }} Done
 */

/** Say what was decided, and what of it nobody looked at one by one. @param {Summary} summary */
export function counted({ accepted, corrected, added, rejected, bulk }) {
  if (!accepted && !rejected) return "Nothing is marked in it.";
  const among = [[bulk, "in bulk"], [corrected, "corrected"], [added, "added by you"]].filter(([count]) => count);
  const more = among.map(([count, words]) => `${count} ${words}`).join(", ");
  return `${accepted} accepted${more ? " (" : ""}${more}${more ? ")" : ""}, ${rejected || "none"} rejected.`;
}

export class Finish {
  /** @param {Bench} bench */
  constructor(bench) {
    this.bench = bench;
    this.wanted = false;
    this.began = Date.now();
    hook("finish").addEventListener("click", () => void this.finish());
    for (const [name, run] of /** @type {const} */ ([["skip", () => this.skip()], ["reopen", () => void this.reopen()]])) {
      document.querySelector(`[data-desk="${name}"]`)?.addEventListener("click", run);
    }
  }

  /** Finish once everything is with the server; offline, as soon as it is. */
  finish() {
    return during(this.bench, this.#finish());
  }

  async #finish() {
    const { desk, outbox } = this.bench;
    if (desk.readonly) return location.assign(desk.data.urls.next);
    if (desk.model.left) {
      parts(this.bench).command("next-open");
      return desk.say(`${desk.model.left} ${desk.model.left === 1 ? "is" : "are"} still undecided. Here is the next; ! accepts all of them.`);
    }
    await outbox.flush();
    if (outbox.saving.waiting || outbox.saving.storing) {
      this.wanted = true;
      return desk.say("The article will be finished as soon as the connection is back. Everything is kept on this device.");
    }
    this.wanted = false;
    return this.#post(desk.data.urls.finish, { rev: desk.rev }, (body) => this.#done(body));
  }

  /** Called whenever nothing waits any more. */
  clear() {
    if (this.wanted) void this.finish();
  }

  /** @param {string} url @param {unknown} body @param {(body: any) => void} then */
  async #post(url, body, then) {
    const { desk } = this.bench;
    try {
      const answer = await post(desk.data, url, body);
      if (answer.status === 200) then(answer.body);
      else this.#refused(answer.body);
    } catch (error) {
      desk.say(error instanceof Halt ? "Sign in again to go on; everything is kept." : "The server does not answer. Everything is kept; try again in a moment.");
    }
  }

  /** @param {{ detail?: string, undecided?: string[], incomplete?: { id: string, why: string }[] } | null} problem */
  #refused(problem) {
    const { desk } = this.bench;
    const first = problem?.incomplete?.[0];
    const item = desk.model.items.get(first?.id ?? problem?.undecided?.[0] ?? "");
    if (item) desk.go(item, { quiet: true });
    desk.say(first ? `Not finished: ${first.why}` : (problem?.detail ?? "The server did not let this be finished."));
  }

  /** @param {Done} answer */
  #done({ next, title, summary }) {
    const { desk } = this.bench;
    const minutes = Math.max(1, Math.round((Date.now() - this.began) / 60000));
    const practice = summary.outcome === "practice";
    const onward = practice ? "How it went " : next ? "Next article " : "To the queue ";
    const go = h("a", { class: "button primary", href: next ?? desk.data.urls.queue }, onward, h("kbd", { "aria-hidden": "true" }, "⏎"));
    desk.readonly = true;
    dialog("Finished",
      h("p", {}, `${counted(summary)} It took about ${minutes} minute${minutes === 1 ? "" : "s"}.`),
      h("p", {}, BECAME[summary.outcome] ?? ""),
      practice ? "" : h("p", { class: "muted" }, next ? `Next: ${title ?? "an article without a title"}` : "Nothing else waits for you."),
      h("div", { class: "actions" }, go, practice ? "" : h("button", { type: "button", class: "button", on: { click: () => void this.reopen() } }, "Reopen")));
    go.focus();
  }

  /** Skip the article with a reason. */
  skip() {
    const { desk } = this.bench;
    const reasons = REASONS.map((reason, i) => {
      const radio = h("input", { type: "radio", name: "reason", value: reason });
      radio.checked = i === 0;
      return h("label", { class: "check" }, radio, reason);
    });
    const other = h("input", { class: "input", id: "skip-other", autocomplete: "off" });
    const form = h("form", { method: "dialog" }, ...reasons,
      h("div", { class: "field" }, h("label", { for: "skip-other" }, "Or in your words"), other),
      h("div", { class: "actions" }, h("button", { class: "button primary" }, "Skip the article")));
    form.addEventListener("submit", () => {
      const reason = other.value.trim() || String(new FormData(form).get("reason"));
      void this.#post(desk.data.urls.skip, { reason }, ({ next }) => location.assign(next ?? desk.data.urls.queue));
    });
    dialog("Skip this article", h("p", { class: "muted" }, "What you decided stays. The lead sees the reason."), form);
    form.querySelector("input")?.focus();
  }

  async reopen() {
    await this.#post(this.bench.desk.data.urls.reopen, {}, () => location.reload());
  }
}
