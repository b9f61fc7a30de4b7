// @ts-check
/** @import { Span } from "./types.d.ts" */
/** @import { Bench } from "./bench.js" */
/* Questions, comments and flags on a passage: asked at the desk, answered by a lead. */

import { uuid } from "./acts.js";
import { ask } from "./ask.js";
import { resolve } from "./conflicts.js";
import { dialog } from "./dialogs.js";
import { h, hook } from "./dom.js";
import { spanOf } from "./model.js";

/**
 * @typedef {object} Thread
 * @property {number} id
 * @property {string} kind
 * @property {"open" | "answered" | "closed"} state
 * @property {string} person
 * @property {Span | null} span
 * @property {{ person: string, body: string, at: string }[]} posts
 */

const KINDS = [["question", "Ask the lead"], ["comment", "Note for later"], ["flag", "Flag for discussion"]];

/** Fetch what the list of names behind an @ looks like, once. */
function looks() {
  const href = new URL("../../css/talk.css", import.meta.url).href;
  if (!document.querySelector(`link[href="${href}"]`)) document.head.append(h("link", { rel: "stylesheet", href }));
}

export class Talk {
  /** @param {Bench} bench */
  constructor(bench) {
    this.bench = bench;
    this.box = hook("talk");
    this.draft = "";
    void this.refresh().then(() => this.#arrive());
  }

  /** Go to the passage of the thread that the address names, as links from the inbox do. */
  #arrive() {
    const box = /^#thread-\d+$/.test(location.hash) && this.box.querySelector(location.hash);
    if (!box) return;
    this.box.setAttribute("open", "");
    box.scrollIntoView({ block: "nearest" });
    box.querySelector("button")?.click();
  }

  async refresh() {
    const answer = await ask(this.bench.desk.data, this.bench.desk.data.urls.threads);
    if (answer.ok) this.#list(/** @type {Thread[]} */ (answer.body.threads));
  }

  /** @param {Thread[]} threads */
  #list(threads) {
    this.box.hidden = !threads.length;
    this.box.replaceChildren(
      h("summary", {}, threads.length === 1 ? "1 question or note" : `${threads.length} questions and notes`),
      ...threads.map((thread) => h("div", { class: "thread", id: `thread-${thread.id}` },
        h("p", { class: "small muted" }, `${thread.kind}, ${thread.state}`),
        thread.span && h("button", { type: "button", class: "button quiet compact quote", on: { click: () => this.#show(/** @type {Span} */ (thread.span)) } }, `“${this.#quote(thread.span)}”`),
        ...thread.posts.map((post) => h("p", {}, h("strong", {}, `${post.person}: `), post.body)))));
  }

  /** @param {Span} span */
  #show(span) {
    this.bench.view.reveal(span);
    this.bench.view.highlight("found-here", [span]);
  }

  /** @param {Span} span */
  #quote(span) {
    const words = this.bench.desk.model.text.quote(span);
    return words.length > 60 ? `${words.slice(0, 60)}…` : words;
  }

  /** Send a conflict to the lead as a flag on its passage; mine stands meanwhile. */
  async dispute() {
    const { desk } = this.bench;
    const item = desk.here;
    if (!item?.conflict) return;
    const { theirs, who } = item.conflict;
    const body = `Which is right? ${desk.data.me.name}: ${desk.model.told(item)}. ${who}: ${desk.model.told(theirs)}.`;
    const answer = await ask(desk.data, desk.data.urls.threads, { key: uuid(), kind: "flag", body, span: spanOf(item) });
    if (!answer.ok) return desk.say(`${answer.detail} The lead was not asked; the conflict stands.`);
    resolve(desk, item, "mine");
    desk.say("Kept yours, and asked the lead; the answer will stand here.");
    await this.refresh();
  }

  /** Ask about the chosen words, or about what is under the cursor. */
  open() {
    const { desk } = this.bench;
    const span = desk.chosen ?? (desk.here ? spanOf(desk.here) : null);
    const body = h("textarea", { class: "input", rows: 4, maxlength: 10000, "aria-label": "Your words", "data-mentions": desk.data.urls.mentionable });
    body.value = this.draft;
    looks();
    const kind = h("select", { class: "input", "aria-label": "What it is" }, ...KINDS.map(([value, title]) => h("option", { value }, title)));
    const send = h("button", { class: "button primary" }, "Send ", h("kbd", { "aria-hidden": "true" }, "Ctrl ⏎"));
    const trouble = h("p", { class: "error", role: "alert" });
    const key = uuid();
    const form = h("form", { class: "stack", on: { submit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      send.disabled = true;
      this.draft = body.value;
      const answer = await ask(desk.data, desk.data.urls.threads, { key, kind: kind.value, body: body.value, span });
      send.disabled = false;
      if (!answer.ok) return (trouble.textContent = `${answer.detail} Your words are kept here.`);
      body.value = "";
      box.close();
      desk.say(kind.value === "question" ? "Asked; the answer will stand here." : "Noted.");
      return this.refresh();
    } } }, span && h("blockquote", {}, this.#quote(span)), kind, body, trouble, h("div", { class: "actions" }, send));
    const box = dialog("A question or a note", form);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    box.addEventListener("close", () => (this.draft = body.value));
    body.focus();
  }
}
