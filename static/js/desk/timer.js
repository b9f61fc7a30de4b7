// @ts-check
/* How long one has worked on the article, for one's own eyes: pauses of more than a minute do not count. */

const PAUSE = 60_000;

/**
 * Return the working time after something happened.
 * @param {number} worked milliseconds so far @param {number} since milliseconds since the last sign of life
 */
export const counted = (worked, since) => (since > 0 && since < PAUSE ? worked + since : worked);

/** @param {number} worked milliseconds */
export const spoken = (worked) => (worked < PAUSE ? "" : ` · ${Math.round(worked / PAUSE)} min`);

export class Timer {
  /** @param {HTMLElement} place @param {string} name under which it is kept while the tab lives @param {Storage | null} shelf */
  constructor(place, name, shelf) {
    this.place = place;
    this.name = name;
    this.shelf = shelf;
    this.worked = Number(shelf?.getItem(name) ?? 0) || 0;
    this.last = performance.now();
    for (const type of ["keydown", "pointermove", "scroll"]) document.addEventListener(type, () => this.#alive(), { passive: true });
    this.#show();
  }

  #alive() {
    const now = performance.now();
    if (now - this.last < 1000) return;
    this.worked = counted(this.worked, now - this.last);
    this.last = now;
    this.#show();
  }

  #show() {
    const words = spoken(this.worked);
    if (this.place.textContent === words) return;
    this.place.textContent = words;
    this.shelf?.setItem(this.name, String(this.worked));
  }
}
