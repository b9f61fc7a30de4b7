// @ts-check
/* A field with a numbered list under it: type to filter, a digit or Enter to take (APG combobox). */

import { h } from "./dom.js";

/**
 * @typedef {{ value: string, title: string, note?: string, id?: string | null, key?: string | null }} Option
 *
 * @typedef {object} Settings
 * @property {string} name unique on the page
 * @property {string} label for who cannot see the words beside it
 * @property {string} shown what the closed field says
 * @property {() => Option[]} options
 * @property {(query: string) => Promise<Option[]>} [more] further options, from the server
 * @property {boolean} [free] whether any words may be entered
 * @property {boolean} [invalid]
 * @property {(option: Option | null) => void} take null clears the field
 * @property {() => void} [leave] called after Escape
 */

/** @param {Option} option @param {string} query */
const matches = (option, query) => option.title.toLowerCase().split(/[\s(]+/).some((_, i, all) => all.slice(i).join(" ").startsWith(query)) || option.value.toLowerCase().startsWith(query);

/** Lay the list under its field, or above it where the window ends. @param {HTMLElement} input @param {HTMLElement} list */
function settle(input, list) {
  const box = input.getBoundingClientRect();
  const below = innerHeight - box.bottom > Math.min(list.scrollHeight, 280) || box.top < innerHeight / 2;
  list.style.left = `${box.left}px`;
  list.style.width = `${box.width}px`;
  list.style.top = below ? `${box.bottom + 2}px` : "auto";
  list.style.bottom = below ? "auto" : `${innerHeight - box.top + 2}px`;
}

/** @param {Settings} settings */
export function combo(settings) {
  const { name, label, shown, free = false, take } = settings;
  const list = h("ul", { role: "listbox", id: `${name}-list`, class: "options", "aria-label": label, hidden: true });
  const input = h("input", {
    class: "input", id: name, role: "combobox", "aria-label": label, "aria-expanded": "false", "aria-controls": `${name}-list`,
    "aria-autocomplete": "list", "aria-invalid": settings.invalid ? "true" : null, autocomplete: "off", spellcheck: "false",
  });
  input.value = shown;
  /** @type {Option[]} */
  let options = [];
  let active = 0;
  let asked = 0;
  let done = false;

  const draw = () => {
    list.replaceChildren(
      ...options.map((option, i) =>
        h("li", { role: "option", id: `${name}-${i}`, "aria-selected": String(i === active), "data-at": i },
          i < 9 && h("kbd", { "aria-hidden": "true" }, option.key ?? String(i + 1)), h("span", {}, option.title), option.note && h("small", {}, option.note)),
      ),
    );
    list.hidden = !options.length;
    if (!list.hidden) settle(input, list);
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (options[active]) input.setAttribute("aria-activedescendant", `${name}-${active}`);
    else input.removeAttribute("aria-activedescendant");
    list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  };
  const query = () => (input.value === shown ? "" : input.value.trim().toLowerCase());
  const open = () => {
    const wanted = query();
    options = settings.options().filter((option) => !wanted || matches(option, wanted));
    options.sort((x, y) => Number(y.key === wanted && !!wanted) - Number(x.key === wanted && !!wanted));
    active = 0;
    draw();
    const round = ++asked;
    if (settings.more && wanted.length > 1) {
      void settings.more(wanted).then((found) => {
        if (round !== asked || list.hidden === undefined || document.activeElement !== input) return;
        const known = new Set(options.map((option) => option.value));
        options = [...options, ...found.filter((option) => !known.has(option.value))].slice(0, 20);
        draw();
      });
    }
  };
  const close = () => {
    asked++;
    options = [];
    draw();
  };
  /** @param {Option | null} option */
  const choose = (option) => {
    done = true;
    close();
    take(option);
  };

  input.addEventListener("focus", () => {
    input.select();
    if (!input.dataset.quiet) open();
    delete input.dataset.quiet;
  });
  input.addEventListener("input", open);
  input.addEventListener("blur", () => {
    close();
    const typed = input.value.trim();
    if (done || typed === shown) return;
    if (!typed) take(null);
    else if (free) take({ value: typed, title: typed });
    else input.value = shown;
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const digit = /^[1-9]$/.test(event.key) && !query() ? options[Number(event.key) - 1] : undefined;
    const byKey = !query() ? options.find((option) => option.key === event.key) : undefined;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) open();
      else active = (active + (event.key === "ArrowDown" ? 1 : options.length - 1)) % Math.max(1, options.length);
      draw();
    } else if (byKey ?? digit) choose(byKey ?? digit ?? null);
    else if (event.key === "Enter") {
      const typed = input.value.trim();
      if (!typed) choose(null);
      else if (options[active] && !(free && typed !== shown && !matches(/** @type {Option} */ (options[active]), query()))) choose(/** @type {Option} */ (options[active]));
      else if (free) choose({ value: typed, title: typed });
    } else if (event.key === "Escape") {
      input.value = shown;
      close();
      settings.leave?.();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const row = event.target instanceof Element ? event.target.closest("[data-at]") : null;
    if (row) choose(options[Number(row.getAttribute("data-at"))] ?? null);
  });
  return h("div", { class: "combo" }, input, list);
}
