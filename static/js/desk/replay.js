// @ts-check
/** @import { Bench } from "./bench.js" */
/* Doing what was held back, in its order, as if it were done now. */

import { typing } from "./dom.js";

/** Press a key where the focus is now, with what a browser does after a real one. @param {KeyboardEvent} event */
function press(event) {
  const target = document.activeElement ?? document.body;
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
  const graph = event.getModifierState("AltGraph");
  const on = target.dispatchEvent(new KeyboardEvent("keydown", { key, code, ctrlKey, metaKey, altKey, shiftKey, modifierAltGraph: graph, bubbles: true, cancelable: true }));
  if (!on || ((ctrlKey || metaKey) && !graph)) return;
  if (typing(target) && "setRangeText" in target) write(/** @type {HTMLInputElement} */ (target), key);
  else if (/^(Enter| )$/.test(key) && target.matches("button, a, summary")) /** @type {HTMLElement} */ (target).click();
}

/** @param {HTMLInputElement} field @param {string} key */
function write(field, key) {
  const { selectionStart, selectionEnd } = field;
  if (selectionStart === null || selectionEnd === null || (key.length > 1 && key !== "Backspace")) return;
  const from = key === "Backspace" && selectionStart === selectionEnd ? Math.max(0, selectionStart - 1) : selectionStart;
  field.setRangeText(key.length > 1 ? "" : key, from, selectionEnd, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** @param {MouseEvent} event @param {number} top how far the page was scrolled then */
function again(event, top) {
  const target = /** @type {Element} */ (event.target);
  const there = target.closest("[data-desk=text]") ? document.elementFromPoint(event.clientX, event.clientY + top - scrollY) : target;
  (there ?? target).dispatchEvent(new (event.type === "click" ? MouseEvent : PointerEvent)(event.type, event));
}

/** Do what was held; what was pressed before anything was shown decides nothing. @param {Bench} bench */
export function release(bench) {
  const { held } = bench;
  held.end();
  for (const { event, top, blind } of held.acts.splice(0)) {
    bench.blind = blind;
    if (event instanceof KeyboardEvent) press(event);
    else again(event, top);
  }
  bench.blind = false;
}

/** Keep the keys that are pressed while something is on its way, and press them once it is here. @param {Bench} bench @param {Promise<unknown>} coming */
export async function during(bench, coming) {
  bench.held.on = bench.held.shut = true;
  try {
    await coming;
  } finally {
    release(bench);
  }
}
