// @ts-check
/** @import { Article, Paragraph, Span } from "./desk/types.d.ts" */
/*
 * Between tokens (what the wire speaks), units within a paragraph (what the browser counts) and code
 * points (what the deltas of a span count). This and units.js, the way back, are all that knows UTF-16.
 */

/**
 * Move a signed number of code points from a unit.
 * @param {string} text @param {number} unit @param {number} points
 */
export function advance(text, unit, points) {
  let at = unit;
  for (let left = points; left > 0 && at < text.length; left--) at += size(text, at);
  for (let left = points; left < 0 && at > 0; left++) at -= isLow(text, at - 1) ? 2 : 1;
  return at;
}

/** @param {string} text @param {number} at */
export const size = (text, at) => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

/** @param {string} text @param {number} at */
export const isLow = (text, at) => at > 0 && (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;

/** The article's paragraphs and tokens. */
export class Text {
  /** @param {Pick<Article, "paragraphs" | "sentences">} article */
  constructor(article) {
    /** @type {Paragraph[]} */
    this.paragraphs = [];
    let token = 0;
    for (const { kind, text, tokens } of article.paragraphs) {
      const count = tokens.length / 2;
      const starts = new Uint32Array(count);
      const ends = new Uint32Array(count);
      for (let i = 0; i < count; i++) {
        starts[i] = tokens[2 * i] ?? 0;
        ends[i] = (starts[i] ?? 0) + (tokens[2 * i + 1] ?? 0);
      }
      this.paragraphs.push({ kind, text, first: token, last: token + count, starts, ends });
      token += count;
    }
    this.length = token;
    this.sentences = article.sentences;
  }

  /** @param {number} index */
  paragraph(index) {
    return /** @type {Paragraph} */ (this.paragraphs[index]);
  }

  /** Return the index of the paragraph that holds a token. @param {number} token */
  paragraphOf(token) {
    let low = 0;
    let high = this.paragraphs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.paragraph(middle).first <= token) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /**
   * Cut a span into one stretch of units for each paragraph that it touches.
   * @param {Span} span
   * @returns {{ p: number, a: number, b: number }[]}
   */
  pieces([start, end, ds = 0, de = 0]) {
    const head = this.paragraphOf(start);
    const tail = this.paragraphOf(end - 1);
    const found = [];
    for (let p = head; p <= tail; p++) {
      const { text, first, starts, ends } = this.paragraph(p);
      const a = p === head ? advance(text, starts[start - first] ?? 0, ds) : 0;
      const b = p === tail ? advance(text, ends[end - 1 - first] ?? text.length, de) : text.length;
      found.push({ p, a, b });
    }
    return found;
  }

  /** Return the words of a span as they stand. @param {Span} span */
  quote(span) {
    return this.pieces(span).map(({ p, a, b }) => this.paragraph(p).text.slice(a, b)).join("\n");
  }

  /** Return the index of the sentence that holds a token. @param {number} token */
  sentenceOf(token) {
    const found = this.sentences.findLastIndex(([first]) => first <= token);
    return Math.max(0, found);
  }
}

/**
 * Return a range over units of a paragraph's element.
 * @param {Element} element @param {number} a @param {number} b
 */
export function rangeOver(element, a, b) {
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let seen = 0;
  let open = true;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.nodeValue?.length ?? 0;
    if (open && a < seen + length) {
      range.setStart(node, Math.max(0, a - seen));
      open = false;
    }
    if (b <= seen + length) {
      range.setEnd(node, Math.max(0, b - seen));
      break;
    }
    seen += length;
  }
  return range;
}
