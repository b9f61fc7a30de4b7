// @ts-check
/** @import { Desk } from "./desk.js" */
/* Who reads for long without deciding keeps the article; who has left does not. */

import { post } from "./wire.js";

const SIGNS = ["keydown", "pointermove", "wheel", "touchmove", "scroll"];

export class Presence {
  /** @param {() => Promise<void>} beat tells the server that somebody is still here */
  constructor(beat) {
    this.beat = beat;
    this.seen = false;
  }

  /** Take a sign of life. */
  alive() {
    this.seen = true;
  }

  /** Tell the server, if there was a sign of life since the last time. */
  async tick() {
    if (!this.seen) return;
    this.seen = false;
    await this.beat();
  }
}

/** Renew the lease of what lies on the desk as long as somebody is there. @param {Desk} desk */
export function keepLease(desk) {
  const { data } = desk;
  if (desk.readonly) return;
  let held = true;
  const presence = new Presence(async () => {
    const { status, body } = await post(data, data.urls.stay, {}).catch(() => ({ status: 0, body: null }));
    if (status !== 200 || body.held === held) return;
    held = body.held;
    desk.say(held ? "The article is yours again." : "This article is with somebody else now; what you decided is kept as your draft.");
  });
  for (const sign of SIGNS) document.addEventListener(sign, () => presence.alive(), { passive: true });
  setInterval(() => void presence.tick(), data.beat * 1000);
}
