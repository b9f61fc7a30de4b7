/* Honest small articles for the tests: words are tokens, every line is a paragraph and a sentence. */

import { readFileSync } from "node:fs";

/** @param {string} name */
export const source = (name) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");

/** @param {string} text */
export function article(text) {
  let token = 0;
  const sentences = [];
  const paragraphs = text.split("\n").map((line) => {
    const found = [...line.matchAll(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu)];
    sentences.push([token, token + found.length]);
    token += found.length;
    return { kind: null, text: line, tokens: found.flatMap((match) => [match.index, match[0].length]) };
  });
  return { id: "1", title: "", language: "en", text_sha256: "0", tokeniser: "t", outlet: null, published: null, words: token, paragraphs, sentences };
}

const slot = (name, kind, more = {}) => ({ name, title: name, kind, choices: [], required: false, only: null, key: null, open_prefix: null, rule: "", ...more });
const choices = (...names) => names.map((name) => ({ name, title: name, key: null, rule: "" }));
const when = (slot, ...among) => ({ slot, among });

export const scheme = {
  name: "small", title: "Small", subtoken: true, overlap: false,
  labels: [["PERSON", "indigo", "1"], ["GPE", "green", "2"], ["MONEY", "olive", "m"]].map(([name, hue, key]) => ({ name, title: name, hue, key, group: "core", rule: "" })),
  stance: [
    slot("holder", "actor", { required: true, key: "h" }), slot("target", "choice", { required: true, choices: choices("participation", "sanctions"), open_prefix: "actor:" }),
    slot("target_actor", "actor"), slot("polarity", "choice", { required: true, choices: choices("supports", "opposes", "conditional") }),
    slot("evidence", "span", { required: true }), slot("condition", "span", { required: when("polarity", "conditional"), only: when("polarity", "conditional") }),
    slot("hedged", "flag"),
  ],
  commitment: [
    slot("actor", "actor", { required: true }), slot("type", "choice", { required: true, choices: choices("financing", "sanctions") }),
    slot("status", "choice", { required: true, choices: choices("announced", "conditional", "delivered") }), slot("evidence", "span", { required: true }),
    slot("condition", "span", { required: when("status", "conditional"), only: when("status", "conditional") }), slot("amount", "span"),
  ],
  pairs: { target: { sanctions: "sanctions" }, otherwise: "participation", polarity: { announced: "supports", conditional: "conditional" } },
};

export const entity = (id, span, label = "PERSON", more = {}) => ({
  kind: "entity", id, version: 0, status: "suggested", origin: "suggested", suggester: "s", score: 0.9, cue: null, span, label, actor: null, actor_id: null, flags: [], ...more,
});

export const frame = (id, kind, slots, more = {}) => ({ kind, id, version: 0, status: "suggested", origin: "suggested", suggester: "s", score: 0.7, cue: null, slots, ids: {}, ...more });

/** @param {string} text */
export const desk = (text, objects = []) => ({
  item: { id: 1, state: "open", readonly: false, guideline: 1 }, me: { id: 1, name: "Mara" }, csrf: "", beat: 600, rev: 0, article: article(text), scheme, objects, recent: [], waived: {},
  urls: { data: "", decisions: "/d", stay: "", finish: "", skip: "", reopen: "", next: "", queue: "", actors: "", guideline: "", signin: "", mentions: "", carry: "", threads: "" },
});
