// @ts-check
/** @import { Span } from "./types.d.ts" */
/** @import { ArticleView } from "./article.js" */
/** @import { Desk } from "./desk.js" */
/* Caret mode: choosing words without a mouse. */

export class Caret {
  /** @param {Desk} desk @param {ArticleView} view */
  constructor(desk, view) {
    this.desk = desk;
    this.view = view;
    this.on = false;
    this.at = 0;
    this.anchor = 0;
  }

  /** Start at a span, which is chosen at first. @param {Span} span */
  enter([start, end]) {
    this.on = true;
    this.anchor = start;
    this.at = end - 1;
    this.#show();
  }

  leave() {
    if (!this.on) return;
    this.on = false;
    this.desk.choose(null);
  }

  /** @returns {Span} */
  get span() {
    return [Math.min(this.anchor, this.at), Math.max(this.anchor, this.at) + 1];
  }

  /** Take a key; returns whether it meant something here. @param {KeyboardEvent} event */
  key(event) {
    if (!this.on) return false;
    const { text } = this.desk.model;
    const way = { ArrowLeft: -1, ArrowRight: 1, Left: -1, Right: 1 }[event.key];
    if (way) {
      if (event.ctrlKey || event.metaKey) this.#move(this.#sentence(way), event.shiftKey);
      else this.#move(this.at + way, event.shiftKey);
    } else if (event.key === "Home") this.#move(text.paragraph(text.paragraphOf(this.at)).first, event.shiftKey);
    else if (event.key === "End") this.#move(text.paragraph(text.paragraphOf(this.at)).last - 1, event.shiftKey);
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const p = text.paragraphOf(this.at) + (event.key === "ArrowUp" ? -1 : 1);
      if (text.paragraphs[p]) this.#move(text.paragraph(p).first, event.shiftKey);
    } else return false;
    return true;
  }

  /** @param {number} way */
  #sentence(way) {
    const { sentences } = this.desk.model.text;
    const here = this.desk.model.text.sentenceOf(this.at);
    const [first] = sentences[here] ?? [0];
    if (way < 0) return this.at > first ? first : (sentences[here - 1]?.[0] ?? 0);
    return sentences[here + 1]?.[0] ?? this.desk.model.text.length - 1;
  }

  /** @param {number} to @param {boolean} extend */
  #move(to, extend) {
    this.at = Math.max(0, Math.min(this.desk.model.text.length - 1, to));
    if (!extend) this.anchor = this.at;
    this.#show();
  }

  #show() {
    this.desk.choose(this.span);
    this.view.reveal(this.span);
    this.desk.say(this.desk.model.text.quote(this.span));
  }
}
