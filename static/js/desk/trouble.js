// @ts-check
/** @import { Bench } from "./bench.js" */
/** @import { Kept } from "./types.d.ts" */
/* What can be done when saving is in trouble: sign in again in a window beside, after which sending goes on by itself, reload, or see what the server will not take. */

import { dialog } from "./dialogs.js";
import { h } from "./dom.js";
import { SAID } from "./timeline.js";

/** Do what the words on the sign of saving ask for. @param {Bench} bench */
export function help(bench) {
  const { trouble, refused } = bench.sign.saving;
  if (trouble === "changed") return location.reload();
  if (trouble === "signed-out") return void open(bench.desk.data.urls.signin, "signin", "popup,width=480,height=640");
  if (refused) return void attention(bench);
  return bench.outbox.kick();
}

/** Show what the server would not take: to be exported or let go, never dropped silently. @param {Bench} bench */
async function attention({ desk, outbox }) {
  const rows = (await outbox.mine()).filter((row) => row.why);
  const file = new Blob([JSON.stringify(rows.map(({ decision, why }) => ({ why, decision })), null, 2)], { type: "application/json" });
  const href = URL.createObjectURL(file);
  const letGo = async () => {
    await outbox.store.drop(rows.map((row) => row.decision.key));
    location.reload();
  };
  const box = dialog("Not taken by the server",
    h("p", {}, "Everything else is saved. Keep a copy of these before you let go of them."),
    h("ul", {}, ...rows.map((row) => h("li", {}, said(desk, row)))),
    h("div", { class: "actions" },
      h("a", { class: "button", href, download: `decisions-${desk.data.item.id}.json` }, "Keep a copy as a file"),
      h("button", { type: "button", class: "button danger", on: { click: letGo } }, "Let go of them")));
  box.addEventListener("close", () => URL.revokeObjectURL(href));
}

/** @param {Bench["desk"]} desk @param {Kept} row */
function said({ model }, { decision: { act, id }, why }) {
  const item = model.items.get(id);
  const words = item ? `“${model.quote(item)}”` : id;
  return `${SAID[act] ?? act} ${words}: ${why}`;
}
