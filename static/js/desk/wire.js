// @ts-check
/** @import { Data, Kept, Verdict } from "./types.d.ts" */
/* Talking to the server: JSON in, JSON out, and a clear word when the sign-in has run out. */

import { Halt } from "./outbox.js";

const PATIENCE = 8000;
const LONG = 60_000;

/**
 * @typedef {{ status: number, body: any }} Answer
 */

/**
 * Send a request and read its JSON; throws Halt when the sign-in is gone.
 * @param {string} url @param {string} csrf @param {unknown} [body] @param {number} [patience] milliseconds
 * @returns {Promise<Answer>}
 */
export async function call(url, csrf, body, patience = PATIENCE) {
  const answer = await fetch(url, {
    method: body === undefined ? "GET" : "POST",
    headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json", "x-csrftoken": csrf }) },
    body: body === undefined ? null : JSON.stringify(body),
    redirect: "manual",
    signal: AbortSignal.timeout(patience),
  });
  const type = answer.headers.get("content-type") ?? "";
  if (answer.status === 401 || answer.type === "opaqueredirect" || (answer.ok && !type.includes("json"))) throw new Halt("signed-out");
  return { status: answer.status, body: type.includes("json") ? await answer.json() : null };
}

/**
 * Send something for the person at the desk; a token that a new sign-in made stale is fetched anew.
 * @param {Data} data @param {string} url @param {unknown} body
 */
export async function post(data, url, body) {
  const answer = await call(url, data.csrf, body);
  if (answer.status !== 400 || answer.body?.code !== "csrf") return answer;
  const fresh = await call(data.urls.data, "");
  if (fresh.status !== 200 || fresh.body.me.id !== data.me.id) throw new Halt("signed-out");
  data.csrf = fresh.body.csrf;
  return call(url, data.csrf, body);
}

/**
 * Return how the outbox sends a batch.
 * @param {Data} data
 * @returns {(url: string, batch: Kept[]) => Promise<{ verdicts: Verdict[], rev: number }>}
 */
export const sender = (data) => async (url, batch) => {
  const { text_sha256, tokeniser } = /** @type {Kept} */ (batch[0]);
  const { status, body } = await post(data, url, { text_sha256, tokeniser, decisions: batch.map((row) => row.decision) });
  if (status === 200) return body;
  if (status === 409 && body?.code === "text_changed") throw new Halt("changed");
  if (status === 413 || status === 422 || status === 404 || status === 403) {
    const why = body?.detail ?? `The server refused this (${status}).`;
    return { verdicts: batch.map((row) => ({ key: row.decision.key, verdict: "invalid", why })), rev: 0 };
  }
  throw new Error(`The server answered ${status}.`);
};

/**
 * Fetch what the desk opens with: the article, which browsers keep, and what was decided so far.
 * @param {string} article @param {string} data @returns {Promise<Data>}
 */
export async function open(article, data) {
  const [fixed, fresh] = await Promise.all([article, data].map(async (url) => {
    const { status, body } = await call(url, "", undefined, LONG);
    if (status !== 200) throw new Error(body?.detail ?? `The server answered ${status}.`);
    return body;
  }));
  const objects = new Map([...fixed.proposals, ...fresh.objects].map((each) => [each.id, each]));
  return { ...fixed, ...fresh, objects: [...objects.values()] };
}
