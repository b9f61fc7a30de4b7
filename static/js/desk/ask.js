// @ts-check
/** @import { Data } from "./types.d.ts" */
/* Asking the server what is no decision: it can wait, and its failure harms nothing. */

import { Halt } from "./outbox.js";
import { call, post } from "./wire.js";

/**
 * Ask the server something that can wait, and hear in words what went wrong.
 * @param {Data} data @param {string} url @param {unknown} [body] @returns {Promise<{ ok: boolean, body: any, detail: string }>}
 */
export async function ask(data, url, body) {
  try {
    const answer = body === undefined ? await call(url, "") : await post(data, url, body);
    return { ok: answer.status === 200, body: answer.body, detail: answer.body?.detail ?? `The server answered ${answer.status}.` };
  } catch (problem) {
    return { ok: false, body: null, detail: problem instanceof Halt ? "You are signed out; sign in again." : "The server cannot be reached." };
  }
}
