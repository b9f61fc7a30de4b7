// @ts-check
/* From page to page by keys: g and a letter, where the bar names one; ? shows them in the menu, where they can be switched off. */

/** Return the keys as the desk keeps them for this browser. @returns {{ singles?: boolean }} */
function own() {
  try {
    return JSON.parse(localStorage.getItem("keys") ?? "{}");
  } catch {
    return {};
  }
}

/** Say whether keys without Ctrl mean something here. */
export const singles = () => own().singles !== false;

/** @param {EventTarget | null} target */
const typing = (target) => target instanceof Element && target.closest("input:not([type=checkbox], [type=radio]), select, textarea, dialog") !== null;

let begun = false;

/** @param {KeyboardEvent} event @param {string} selector what the key presses, if it is there */
function press(event, selector) {
  const found = /** @type {HTMLElement | null} */ (document.querySelector(selector));
  if (!found) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (found instanceof HTMLDetailsElement) {
    found.open = !found.open;
    found.querySelector("summary")?.focus();
  } else found.click();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Shift") return;
  const second = begun;
  begun = false;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || !singles()) return;
  if (second) press(event, `a[data-leap="${CSS.escape(event.key)}"]`);
  else if (event.key === "?") press(event, "details.menu:has([data-keys])");
  else begun = event.key === "g";
}, { capture: true });

const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[data-singles]"));
const shown = () => boxes.forEach((box) => void (box.checked = singles()));
for (const box of boxes) {
  box.addEventListener("change", () => {
    localStorage.setItem("keys", JSON.stringify({ ...own(), singles: box.checked }));
    shown();
  });
}
shown();
