// @ts-check
/* Adjudication by keyboard: keys act on the conflict that has the focus, and press the button that says the same. */

import { singles } from "./places.js";

/** @param {string} hook */
const find = (hook) => /** @type {HTMLElement | null} */ (document.querySelector(`[data-adjudication="${hook}"]`));
const cards = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-card]")]);

/** Where the work stood when something was sent, by its place in the list. */
let place = 0;

/** Whether what the keys act on is still on its way: htmx has yet to see the page, or the server to answer. */
let waiting = "htmx" in globalThis && !document.querySelector("[data-htmx-powered]");

/** The keys pressed meanwhile. @type {string[]} */
let held = [];

/** @param {Element | null} within */
const here = (within) => /** @type {HTMLElement | null} */ (within?.closest("[data-card]") ?? null);

/** @param {HTMLElement | null | undefined} card */
function go(card) {
  if (!card) return;
  place = cards().indexOf(card);
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

/** Go to the first conflict without a ruling, from a place on and round again. @param {number} from */
function onward(from) {
  const all = cards();
  const open = [...all.slice(from), ...all.slice(0, from)].find((card) => card.hasAttribute("data-open"));
  if (open) return go(open);
  const button = document.querySelector('[data-act="finish"]:not(:disabled)') ?? document.querySelector("[data-onward]");
  /** @type {HTMLElement | null} */ (button)?.focus();
}

/** @param {HTMLElement | null} card @param {string} selector */
function press(card, selector) {
  const button = /** @type {HTMLElement | null} */ ((card ?? document).querySelector(selector));
  if (!button || button.hasAttribute("disabled")) return false;
  button.click();
  return true;
}

/** Open the form that returns readings, and go into it. */
function sendBack() {
  const box = /** @type {HTMLDetailsElement | null} */ (find("back"));
  if (!box) return false;
  box.open = true;
  /** @type {HTMLElement | null} */ (box.querySelector("input[type=checkbox]"))?.focus();
  return true;
}

/** @param {string} key @param {HTMLElement | null} card */
function act(key, card) {
  if (/^[0-9]$/.test(key)) return card !== null && press(card, `[data-take="${key}"]`);
  if (key === "e") return card !== null && press(card, '[data-act="edit"]');
  if (key === "z") return press(null, '[data-act="undo"]');
  if (key === "f") return press(null, '[data-act="finish"]');
  if (key === "r") return sendBack();
  if (key === "n" || key === "p") {
    const all = cards();
    const at = card ? all.indexOf(card) : place - (key === "n" ? 1 : 0);
    const next = all[at + (key === "n" ? 1 : -1)];
    return next ? (go(next), true) : press(null, key === "n" ? '[data-act="later"]' : '[data-act="earlier"]');
  }
  return false;
}

/** @param {Element} target whether keys belong to a field there */
const typing = (target) => target.closest("input, select, textarea") !== null;

/** Do what the keys pressed meanwhile say, as far as they still find what they act on. */
function catchUp() {
  while (held.length && !waiting) {
    const target = document.activeElement ?? document.body;
    if (typing(target) || !act(/** @type {string} */ (held.shift()), here(target))) held = [];
  }
}

/** @param {KeyboardEvent} event */
const letter = (event) => (/^Key[A-Z]$/.test(event.code) && !/[a-z0-9]/i.test(event.key) ? event.code.slice(3).toLowerCase() : event.key);

document.addEventListener("keydown", (event) => {
  const target = /** @type {Element} */ (event.target);
  const form = /** @type {HTMLFormElement | null} */ (target.closest("form[data-form], form[data-back]"));
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) return waiting || form.requestSubmit();
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && target.closest("[data-form]")) return press(null, '[data-act="leave"]');
  if (event.key === "Escape" && target.closest('[data-adjudication="back"]')) {
    /** @type {HTMLDetailsElement} */ (find("back")).open = false;
    return onward(place);
  }
  const inside = target.closest('[data-adjudication="rulings"]') !== null || target === document.body;
  const key = letter(event);
  if (!inside || !singles() || typing(target) || !/^[0-9efnprz]$/.test(key)) return;
  if (waiting) held.push(key);
  if (waiting || act(key, here(target))) event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const card = here(/** @type {Element} */ (event.target));
  if (card) place = cards().indexOf(card);
});

/** Take the focus to where the work goes on: into the form, to the conflict that the server names, or to the next. */
function land() {
  const form = document.querySelector("[data-form]");
  const first = /** @type {HTMLElement | null} */ (form?.querySelector("select, input:not([type=hidden])"));
  if (first) return first.focus();
  const marked = /** @type {HTMLElement | null} */ (document.querySelector("[data-here]"));
  if (marked) go(marked);
  else onward(Math.max(0, place));
}

/** @param {string} name @param {(ctx: any) => void} then what is done when htmx says so of the list of conflicts */
const when = (name, then) =>
  document.addEventListener(name, (event) => {
    const { ctx } = /** @type {CustomEvent} */ (event).detail;
    if (ctx.target?.id === "rulings") then(ctx);
  });

when("htmx:before:request", () => {
  waiting = true;
});
when("htmx:after:swap", land);
when("htmx:finally:request", ({ response }) => {
  waiting = false;
  if (!response || response.status >= 400) held = [];
  catchUp();
});

land();
if (waiting) {
  document.addEventListener("htmx:after:process", () => {
    waiting = false;
    catchUp();
  }, { once: true });
}
