// @ts-check
/* What every page needs: the CSRF token on htmx requests, messages, the switch between light and dark. */

/** @param {string} name */
const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.getAttribute("content") ?? "";

/**
 * Show a message among the others; returns its element.
 * @param {string} sentence
 * @param {"" | "ok" | "warn" | "bad"} [tone]
 */
export function toast(sentence, tone = "") {
  const box = document.createElement("div");
  box.className = `toast ${tone}`;
  box.dataset.toast = "";
  box.setAttribute("role", tone === "bad" ? "alert" : "status");
  const words = document.createElement("p");
  words.textContent = sentence;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button quiet compact";
  close.dataset.dismiss = "";
  close.setAttribute("aria-label", "Dismiss this message");
  close.textContent = "✕";
  box.append(words, close);
  document.getElementById("toasts")?.append(box);
  if (tone !== "bad") setTimeout(() => box.remove(), 8000);
  return box;
}

/** Go from the system's theme to its opposite, and from there back and forth; the server writes the choice into each page. */
function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
}

/* Desks in other tabs send what they keep when a page opens after somebody signed in again. */
if ("BroadcastChannel" in globalThis) new BroadcastChannel("workbench-desk").postMessage([]);

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  const token = meta("csrf-token");
  if (token) ctx.request.headers["X-CSRFToken"] = token;
});

document.addEventListener("htmx:error", () => {
  toast("The server did not answer. Nothing you see has changed; try again in a moment.", "bad");
});

document.addEventListener("htmx:response:error", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  const explained = (ctx.text ?? "").includes('id="toasts"') || ctx.response.status === 422;
  if (!explained) toast(`The server refused this (${ctx.response.status}). Reload the page and try again.`, "bad");
});

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target.closest("[data-dismiss]")) target.closest("[data-toast]")?.remove();
  if (target.closest("[data-theme-switch]")) switchTheme();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(target)) menu.removeAttribute("open");
  }
});

document.addEventListener("focusin", async (event) => {
  const field = event.target;
  if (!(field instanceof HTMLTextAreaElement) || !field.dataset.mentions) return;
  const { attach } = await import("./mentions.js");
  attach(field);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  menu?.removeAttribute("open");
  if (menu) /** @type {HTMLElement | null} */ (menu.querySelector("summary"))?.focus();
});
