// @ts-check
/** @import { Article, Paragraph, Span } from "./desk/types.d.ts" */
/*
 * The only place that knows UTF-16 units: between tokens (what the wire speaks), units within a
 * paragraph (what the browser counts) and code points (what the deltas of a span count).
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
const size = (text, at) => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

/** @param {string} text @param {number} at */
const isLow = (text, at) => at > 0 && (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;

/**
 * Count the code points from one unit to another, negative when the second comes first.
 * @param {string} text @param {number} from @param {number} to
 * @returns {number}
 */
export function points(text, from, to) {
  if (to < from) return -points(text, to, from);
  let count = 0;
  for (let at = from; at < to; at += size(text, at)) count++;
  return count;
}

/**
 * Return the nearest edge of a user-perceived character, so that no flag or accent is cut.
 * @param {string} text @param {number} unit @param {boolean} end
 */
export function graphemeEdge(text, unit, end) {
  if (unit <= 0 || unit >= text.length) return Math.min(Math.max(unit, 0), text.length);
  if (typeof Intl.Segmenter === "undefined") return isLow(text, unit) ? unit + (end ? 1 : -1) : unit;
  const found = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text).containing(unit);
  if (!found || found.index === unit) return unit;
  return end ? found.index + found.segment.length : found.index;
}

/** The article's paragraphs and tokens. */
export class Text {
  /** @param {Pick<Article, "paragraphs" | "sentences">} article */
  constructor(article) {
    /** @type {Paragraph[]} */
    this.paragraphs = [];
    let token = 0;
    for (const { kind, text, tokens } of article.paragraphs) {
      const count = tokens.length / 2;
      const starts = Uint32Array.from({ length: count }, (_, i) => tokens[2 * i] ?? 0);
      const ends = Uint32Array.from({ length: count }, (_, i) => (tokens[2 * i] ?? 0) + (tokens[2 * i + 1] ?? 0));
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

  /**
   * Return the span between two places, widened to whole tokens unless exact.
   * @param {{ p: number, unit: number }} from @param {{ p: number, unit: number }} to @param {boolean} [exact]
   * @returns {Span | null}
   */
  between(from, to, exact = false) {
    const head = this.paragraph(from.p);
    const tail = this.paragraph(to.p);
    const start = head.first + head.ends.findIndex((end) => end > from.unit);
    const end = tail.first + tail.starts.findLastIndex((begin) => begin < to.unit) + 1;
    if (start < head.first || start >= end) return null;
    if (!exact) return [start, end];
    const a = graphemeEdge(head.text, from.unit, false);
    const b = graphemeEdge(tail.text, to.unit, true);
    const ds = points(head.text, head.starts[start - head.first] ?? 0, a);
    const de = points(tail.text, tail.ends[end - 1 - tail.first] ?? 0, b);
    return ds || de ? [start, end, Math.max(0, ds), Math.min(0, de)] : [start, end];
  }

  /** Return the index of the sentence that holds a token. @param {number} token */
  sentenceOf(token) {
    const found = this.sentences.findLastIndex(([first]) => first <= token);
    return Math.max(0, found);
  }

  /**
   * Return what stands before and after a span in its paragraph, a few words each.
   * @param {Span} span @param {number} [room]
   */
  around(span, room = 36) {
    const pieces = this.pieces(span);
    const head = /** @type {{ p: number, a: number, b: number }} */ (pieces[0]);
    const tail = /** @type {{ p: number, a: number, b: number }} */ (pieces.at(-1));
    const before = this.paragraph(head.p).text.slice(Math.max(0, head.a - room), head.a);
    const after = this.paragraph(tail.p).text.slice(tail.b, tail.b + room);
    return { before: head.a > room ? `…${before.replace(/^\S*\s/, "")}` : before, after: after.replace(/\s\S*$/, "…") };
  }
}

/**
 * Count the units from the start of a paragraph's element to a place in it.
 * @param {Element} element @param {Node} node @param {number} offset
 */
export function unitAt(element, node, offset) {
  const range = document.createRange();
  range.setStart(element, 0);
  range.setEnd(node, offset);
  return range.toString().length;
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
