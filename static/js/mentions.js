// @ts-check
/* Names behind an @ in a text field that says where the team is listed: type, choose with the arrows and Enter. */

/** @typedef {{ names: string[], all: boolean }} Some */
/** @type {Map<string, Promise<Some>>} */
const asked = new Map();

/**
 * Names of a team that begin like this, asked for once; anew where they could not be had.
 * @param {string} url
 * @param {string} start
 * @returns {Promise<Some>}
 */
function some(url, start) {
  const whole = `${url}${url.includes("?") ? "&" : "?"}begun=${encodeURIComponent(start)}`;
  const known = asked.get(whole) ?? fetch(whole, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))))
    .catch(() => (asked.delete(whole), { names: [], all: false }));
  asked.set(whole, known);
  return known;
}

/**
 * The names to offer: those of a small team are all there after the first letter, of a large one some are asked for.
 * @param {string} url
 * @param {string} start
 */
async function offered(url, start) {
  const first = await some(url, "");
  return fitting((first.all ? first : await some(url, start.toLowerCase().trimStart())).names, start);
}

/**
 * What stands between the last @ and the caret, or null; a name may have spaces.
 * @param {string} text
 * @param {number} caret
 */
export function begun(text, caret) {
  const found = /(?:^|[^\p{L}\p{N}])@([\p{L}\p{N} .'-]{0,40})$/u.exec(text.slice(0, caret));
  return found?.[1] ?? null;
}

/**
 * The names that a beginning fits: of the whole name, or of one of its words.
 * @param {string[]} names
 * @param {string} start
 */
export function fitting(names, start) {
  const low = start.toLowerCase();
  return names.filter((name) => name.toLowerCase().startsWith(low)
    || name.toLowerCase().split(" ").some((word) => word.startsWith(low))).slice(0, 6);
}

/** @param {HTMLTextAreaElement} field */
export function attach(field) {
  if (field.dataset.mentioning) return;
  field.dataset.mentioning = "on";
  const list = document.createElement("ul");
  list.className = "mentions";
  list.id = `mentions-${Math.random().toString(36).slice(2)}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "People of this project");
  list.hidden = true;
  field.after(list);
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-autocomplete", "list");
  let at = 0;

  const close = () => {
    list.hidden = true;
    field.removeAttribute("aria-activedescendant");
  };

  /** @param {string} name */
  const take = (name) => {
    const caret = field.selectionStart;
    const start = field.value.slice(0, caret).lastIndexOf("@");
    field.setRangeText(`@${name} `, start, caret, "end");
    close();
    field.focus();
  };

  const mark = () => [...list.children].forEach((each, number) => {
    each.setAttribute("aria-selected", String(number === at));
    if (number === at) field.setAttribute("aria-activedescendant", each.id);
  });

  const look = async () => {
    const start = begun(field.value, field.selectionStart);
    const names = start === null ? [] : await offered(field.dataset.mentions ?? "", start);
    if (begun(field.value, field.selectionStart) !== start) return;
    at = 0;
    list.replaceChildren(...names.map((name, number) => {
      const row = document.createElement("li");
      row.id = `${list.id}-${number}`;
      row.setAttribute("role", "option");
      row.textContent = name;
      row.addEventListener("mousedown", (event) => {
        event.preventDefault();
        take(name);
      });
      return row;
    }));
    list.hidden = !names.length;
    if (names.length) mark();
    else close();
  };

  field.addEventListener("input", look);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      at = (at + step + list.children.length) % list.children.length;
      mark();
    } else if (event.key === "Enter" || event.key === "Tab") take(list.children[at]?.textContent ?? "");
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  if (document.activeElement === field) void look();
}
