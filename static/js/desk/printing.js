// @ts-check
/** @import { Frame } from "./types.d.ts" */
/** @import { Bench } from "./bench.js" */
/* On paper the list beside the text is missing, so the frames that the numbers stand for follow it there. */

import { h } from "./dom.js";
import { slotsOf } from "./model.js";
import { words } from "./pairs.js";

/** @param {Bench} bench @param {Frame} frame */
function line(bench, frame) {
  const { model } = bench.desk;
  const said = slotsOf(model.scheme, frame.kind).filter(({ name }) => name !== "evidence").flatMap((slot) => {
    const value = frame.slots[slot.name];
    if (value === null || value === undefined || value === false || value === "") return [];
    const told = words(model, slot, value);
    return [`${slot.title.toLowerCase()}: ${slot.kind === "span" ? "“" + told + "”" : told}`];
  });
  return h("li", { value: bench.number(frame) }, h("strong", {}, `${frame.kind === "stance" ? "Stance" : "Commitment"}, ${frame.status}. `), said.join("; "));
}

/** Put the frames below the text while the page is printed. @param {Bench} bench */
export function onPaper(bench) {
  /** @type {HTMLElement | null} */
  let list = null;
  addEventListener("beforeprint", () => {
    const frames = bench.desk.model.frames.filter((frame) => bench.number(frame));
    if (!frames.length || document.querySelector("dialog[open]")) return;
    list = h("section", { class: "on-paper" }, h("h2", {}, "Stances and commitments"), h("ol", {}, ...frames.map((frame) => line(bench, frame))));
    bench.view.root.after(list);
  });
  addEventListener("afterprint", () => list?.remove());
}
