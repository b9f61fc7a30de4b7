// @ts-check
/* An article for reading: j and k go from frame to frame, whose evidence lights up; links to passages are copied. */

import { singles } from "./places.js";

const frames = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-frame]")]);
const COPIED = 2000;

/** Let the evidence of a frame stand out, or none. @param {string | undefined} number */
function light(number) {
  for (const each of document.querySelectorAll("[data-frames]")) {
    each.classList.toggle("lit", !!number && (each.getAttribute("data-frames") ?? "").split(" ").includes(number));
  }
}

for (const frame of frames) {
  for (const type of ["pointerenter", "focusin"]) frame.addEventListener(type, () => light(frame.dataset.frame));
  frame.addEventListener("pointerleave", () => light(undefined));
}

/** @param {number} step */
function move(step) {
  const here = frames.findIndex((frame) => frame.contains(document.activeElement));
  const next = frames[Math.min(frames.length - 1, Math.max(0, here + step))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "center" });
}

document.addEventListener("keydown", (event) => {
  if (!singles() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target instanceof Element && event.target.closest("input, select, textarea")) return;
  if (event.key !== "j" && event.key !== "k") return;
  event.preventDefault();
  move(event.key === "j" ? 1 : -1);
});

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[data-copy]") : null;
  if (!(link instanceof HTMLAnchorElement) || !navigator.clipboard) return;
  navigator.clipboard.writeText(link.href).then(() => {
    link.classList.add("copied");
    setTimeout(() => link.classList.remove("copied"), COPIED);
  }, () => {});
});

const print = /** @type {HTMLElement | null} */ (document.querySelector("[data-print]"));
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => globalThis.print());
}
