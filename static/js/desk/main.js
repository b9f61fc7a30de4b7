// @ts-check
/* Opens the desk on its page: fetches the article's data, then takes over from the plain text. */

import { Bench } from "./bench.js";
import { h, hook } from "./dom.js";
import { Held } from "./held.js";
import { Halt, openStore } from "./outbox.js";
import { open } from "./wire.js";

const root = hook("desk");
const held = new Held();

/** Add the words that marks are described by. @param {import("./types.d.ts").Data} data */
function descriptions({ scheme }) {
  const rows = [...scheme.labels, ...["accepted", "rejected", "suggested"].map((word) => ({ name: word, title: word }))];
  root.append(h("div", { hidden: true }, ...rows.map(({ name, title }) => h("span", { id: `d-${name}` }, title))));
}

/** Open the desk; the rest is fetched once it can be used, so that it is here if the line breaks later. */
async function start() {
  const [data, store] = await Promise.all([open(root.dataset.article ?? "", root.dataset.url ?? ""), openStore()]);
  descriptions(data);
  const bench = new Bench(data, store, held);
  await bench.open();
  performance.mark("ready");
  root.dataset.ready = "true";
  const { furnish } = await import("./later.js");
  bench.furnish(furnish);
  root.dataset.whole = "true";
}

start().catch((error) => {
  held.end();
  const { ready } = root.dataset;
  if (!ready) document.body.dataset.closed = "true";
  const why = error instanceof Halt ? "You are signed out." : error instanceof TypeError ? "The server cannot be reached." : String(error.message);
  const what = ready ? "Part of the desk could not be fetched; what you decide is kept." : "The desk could not be opened, so the article is shown to read only. What you decided before is kept.";
  const again = h("button", { type: "button", class: "button compact", on: { click: () => location.reload() } }, "Try again");
  hook("trouble").replaceChildren(h("p", {}, `${why} ${what}`), again);
  hook("trouble").hidden = false;
});
