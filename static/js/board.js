// @ts-check
/* The board looks for news while somebody can see it; what has not changed is neither sent nor painted. */

const EVERY = 15_000;

/** Let htmx ask for the live part, unless the tab is hidden. */
export function look() {
  if (!document.hidden) document.querySelector("[data-live]")?.dispatchEvent(new CustomEvent("look"));
}

setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);
