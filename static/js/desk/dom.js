// @ts-check
/* Building elements without strings, and finding those that must be there. */

/** @type {Record<string, string>} */
const ARROWS = { Left: "←", Right: "→", Up: "↑", Down: "↓" };

/**
 * Return a new element. Attributes that are false or null are left out; `on` binds listeners.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number | boolean | null | undefined | Record<string, (event: any) => void>>} [attributes]
 * @param {...(Node | string | null | undefined | false)} children
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "object") for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Return the element of the page with this hook. @param {string} name @returns {HTMLElement} */
export function hook(name) {
  const found = document.querySelector(`[data-desk="${name}"]`);
  if (!(found instanceof HTMLElement)) throw new Error(`The page has no element for ${name}.`);
  return found;
}

/** @param {...string} keys */
export const keys = (...keys) => keys.map((key) => h("kbd", {}, key.replace(/Arrow(Left|Right|Up|Down)/, (_, way) => ARROWS[way] ?? "")));

/** Say whether the focus is where letters are typed. @param {EventTarget | null} target */
export const typing = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) && !["checkbox", "radio", "button"].includes(/** @type {HTMLInputElement} */ (target).type);

/** Return the browser's small store, or null where it is refused. */
export function shelf() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
