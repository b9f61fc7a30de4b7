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

/** @param {string} key @param {HTMLElement | null} card */
function act(key, card) {
  if (/^[0-9]$/.test(key)) return card !== null && press(card, `[data-take="${key}"]`);
  if (key === "e") return card !== null && press(card, '[data-act="edit"]');
  if (key === "z") {
    place = 0;
    return press(null, '[data-act="undo"]');
  }
  if (key === "f") return press(null, '[data-act="finish"]');
  if (key === "n" || key === "p") {
    const all = cards();
    const at = card ? all.indexOf(card) : place - (key === "n" ? 1 : 0);
    go(all[at + (key === "n" ? 1 : -1)]);
    return true;
  }
  return false;
}

document.addEventListener("keydown", (event) => {
  const form = event.target instanceof Element && event.target.closest("form[data-form]");
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

document.addEventListener("htmx:after:swap", () => {
  if (!sent) return;
  sent = false;
  const form = document.querySelector("[data-form]");
  const first = /** @type {HTMLElement | null} */ (form?.querySelector("select, input:not([type=hidden])"));
  if (first) return first.focus();
  if (!document.querySelector("#whole-text:focus-within")) onward(Math.max(0, place));
});

onward(0);
