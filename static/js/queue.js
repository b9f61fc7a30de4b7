// @ts-check
/* The queue by keyboard: j and k move along the rows, Enter opens the row or the next article. */

import { singles } from "./places.js";

const rows = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("a[data-row]")]);
const onward = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a[data-enter]"));

/** @param {EventTarget | null} target */
const busy = (target) => target instanceof Element && target.closest("input, select, textarea, button, summary, a") !== null;

/** @param {number} step */
function move(step) {
  const here = rows.findIndex((row) => row === document.activeElement);
  const next = here < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, here + step));
  rows[next]?.focus();
}

document.addEventListener("keydown", (event) => {
  if (!singles() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = event.target instanceof Element && event.target.closest("input, select, textarea");
  if (typing) return;
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    move(event.key === "j" ? 1 : -1);
  } else if (event.key === "Enter" && onward && !busy(event.target)) {
    event.preventDefault();
    location.assign(onward.href);
  }
});
