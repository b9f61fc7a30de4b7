// @ts-check
/* Adjudication by keyboard: keys act on the conflict that has the focus, and press the button that says the same. */

/** @param {string} hook */
const find = (hook) => /** @type {HTMLElement | null} */ (document.querySelector(`[data-adjudication="${hook}"]`));
const cards = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-card]")]);

/** Where the work stood when something was sent, by its place in the list. */
let place = 0;
let sent = false;

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

document.addEventListener("keydown", (event) => {
  const form = event.target instanceof Element && event.target.closest("form[data-form], form[data-back]");
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    /** @type {HTMLFormElement} */ (form).requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = /** @type {Element} */ (event.target);
  const inside = target.closest('[data-adjudication="rulings"]') !== null || target === document.body;
  if (event.key === "Escape" && target.closest("[data-form]")) {
    press(null, '[data-act="leave"]');
    return;
  }
  if (event.key === "Escape" && target.closest('[data-adjudication="back"]')) {
    /** @type {HTMLDetailsElement} */ (find("back")).open = false;
    return onward(place);
  }
  const on = /** @type {HTMLInputElement | null} */ (find("keys"))?.checked;
  if (!inside || !on || target.closest("input, select, textarea")) return;
  const key = /^[a-z0-9]$/.test(event.key) ? event.key : /^Key[A-Z]$/.test(event.code) && !/[a-z]/i.test(event.key) ? event.code.slice(3).toLowerCase() : event.key;
  if (act(key, here(target))) event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const card = here(/** @type {Element} */ (event.target));
  if (card) place = cards().indexOf(card);
});

document.addEventListener("htmx:before:request", () => {
  sent = true;
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

document.addEventListener("htmx:after:swap", () => {
  if (!sent) return;
  sent = false;
  if (!document.querySelector(".whole:focus-within")) land();
});

land();
