// @ts-check
/** @import { Decision, Kept, Verdict } from "./types.d.ts" */
/* The outbox: each decision is durable on this device before it is sent, and stays until the server has it. */

/** What the desk needs of a store; the browser's database, or memory where there is none. */
/** @typedef {{ add: (kept: Kept[]) => Promise<void>, all: () => Promise<Kept[]>, drop: (keys: string[]) => Promise<void>, set: (kept: Kept[]) => Promise<void>, durable: boolean }} Store */

/** @returns {Store} */
export function memoryStore() {
  /** @type {Kept[]} */
  let rows = [];
  return {
    durable: false,
    add: async (kept) => void rows.push(...kept),
    all: async () => [...rows],
    drop: async (keys) => void (rows = rows.filter((row) => !keys.includes(row.decision.key))),
    set: async (kept) => void (rows = rows.map((row) => kept.find((each) => each.decision.key === row.decision.key) ?? row)),
  };
}

/** Open the browser's database; memory alone where the browser refuses. @returns {Promise<Store>} */
export async function openStore() {
  /** @type {IDBDatabase} */
  let db;
  try {
    db = await new Promise((done, failed) => {
      const request = indexedDB.open("workbench", 1);
      request.onupgradeneeded = () => void request.result.createObjectStore("decisions", { keyPath: "seq", autoIncrement: true }).createIndex("key", "decision.key", { unique: true });
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  } catch {
    return memoryStore();
  }
  db.onversionchange = () => db.close();
  /**
   * @template T
   * @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T> | void} work
   * @returns {Promise<T | undefined>}
   */
  const within = (mode, work) =>
    new Promise((done, failed) => {
      const transaction = db.transaction("decisions", mode, { durability: "strict" });
      const request = work(transaction.objectStore("decisions"));
      transaction.oncomplete = () => done(request ? request.result : undefined);
      transaction.onerror = transaction.onabort = () => failed(transaction.error);
    });
  return {
    durable: true,
    add: async (kept) => void (await within("readwrite", (store) => kept.forEach((each) => store.add(each)))),
    all: async () => (await within("readonly", (store) => /** @type {IDBRequest<Kept[]>} */ (store.getAll()))) ?? [],
    drop: async (keys) =>
      void (await within("readwrite", (store) => {
        for (const key of keys) {
          const request = store.index("key").getKey(key);
          request.onsuccess = () => request.result !== undefined && store.delete(request.result);
        }
      })),
    set: async (kept) => void (await within("readwrite", (store) => kept.forEach((each) => store.put(each)))),
  };
}

/**
 * @typedef {object} Saving
 * @property {number} storing decisions not yet durable on this device
 * @property {number} waiting decisions not yet with the server
 * @property {number} refused decisions that the server will not take
 * @property {"" | "offline" | "signed-out" | "changed"} trouble
 * @property {boolean} durable
 *
 * @typedef {object} Wires
 * @property {string} me
 * @property {(url: string, batch: Kept[]) => Promise<{ verdicts: Verdict[], rev: number }>} send
 * @property {(decision: Decision, verdict: Verdict, rev: number) => void} settled
 * @property {(saving: Saving) => void} state
 */

const MOST = 50;
const FIRST_WAIT = 250;
const LONGEST_WAIT = 15000;

/** Why sending stopped: somebody must sign in or reload first. */
export class Halt extends Error {
  /** @param {"signed-out" | "changed"} trouble */
  constructor(trouble) {
    super(trouble);
    this.trouble = trouble;
  }
}

export class Outbox {
  /** @param {Store} store @param {Wires} wires */
  constructor(store, wires) {
    this.store = store;
    this.wires = wires;
    /** @type {Saving} */
    this.saving = { storing: 0, waiting: 0, refused: 0, trouble: "", durable: store.durable };
    /** @type {Promise<void> | null} */
    this.sending = null;
    this.again = false;
    this.wait = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** List what this person has here, oldest first. */
  async mine() {
    return (await this.store.all()).filter((row) => row.me === this.wires.me);
  }

  #tell() {
    this.wires.state({ ...this.saving });
  }

  /** @param {Kept[]} kept */
  async put(kept) {
    this.saving.storing += kept.length;
    this.#tell();
    try {
      await this.store.add(kept);
    } catch {
      const spare = memoryStore();
      await spare.add([...(await this.store.all().catch(() => [])), ...kept]);
      this.store = spare;
      this.saving.durable = false;
    }
    this.saving.storing -= kept.length;
    this.saving.waiting += kept.length;
    this.#tell();
    this.kick(20);
  }

  /** Send soon. @param {number} [delay] */
  kick(delay = 0) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), delay);
  }

  /** Send everything; what is asked for while something is being sent follows at once. */
  flush() {
    this.again = !!this.sending;
    this.sending ??= this.#attempt().finally(() => {
      this.sending = null;
      if (this.again) this.kick();
    });
    return this.sending;
  }

  /** One sender a browser where it can be had; keys make a second one harmless. */
  async #attempt() {
    try {
      const locks = /** @type {LockManager | undefined} */ (navigator.locks);
      if (locks) await locks.request("workbench-outbox", () => this.#drain());
      else await this.#drain();
      this.wait = 0;
      this.saving.trouble = "";
    } catch (error) {
      this.saving.trouble = error instanceof Halt ? error.trouble : "offline";
      this.wait = Math.min(LONGEST_WAIT, this.wait * 2 || FIRST_WAIT);
      if (this.saving.trouble !== "changed") this.kick(this.wait * (0.5 + Math.random()));
    }
    this.#tell();
  }

  async #drain() {
    for (;;) {
      const rows = await this.mine();
      const open = rows.filter((row) => !row.why);
      this.saving.refused = rows.length - open.length;
      this.saving.waiting = open.length;
      this.#tell();
      const url = open[0]?.url;
      if (!url) return;
      const batch = open.filter((row) => row.url === url).slice(0, MOST);
      const { verdicts, rev } = await this.wires.send(url, batch);
      await this.#settle(batch, verdicts, rev);
    }
  }

  /** @param {Kept[]} batch @param {Verdict[]} verdicts @param {number} rev */
  async #settle(batch, verdicts, rev) {
    const answers = new Map(verdicts.map((verdict) => [verdict.key, verdict]));
    const gone = [];
    const refused = [];
    for (const row of batch) {
      const verdict = answers.get(row.decision.key);
      if (!verdict) continue;
      if ("why" in verdict) refused.push({ ...row, why: verdict.why });
      else gone.push(row.decision.key);
      this.wires.settled(row.decision, verdict, rev);
    }
    if (!gone.length && !refused.length) throw new Error("The server answered for none of the decisions.");
    await this.store.set(refused);
    await this.store.drop(gone);
  }
}
