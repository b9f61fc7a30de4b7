// @ts-check
/* From a key press to a command: one table, every entry of which may be given other keys. */

/**
 * @template T what commands act on
 * @typedef {object} Command
 * @property {string} id
 * @property {string} name what it does, in words
 * @property {string} group
 * @property {string[]} keys
 * @property {(desk: T) => unknown} run
 * @property {(desk: T) => boolean} [when] whether its keys mean this at the moment
 * @property {boolean} [changes] whether it decides something, so that a finished article refuses it
 */

const SIGNS = { " ": "Space", "\u00a0": "Space" };
const SILENT = new Set(["Shift", "Control", "Alt", "Meta", "CapsLock", "Dead", "Process", "Unidentified"]);

/**
 * Return the name of a key press, such as a, N, Ctrl+K or Shift+Enter; empty for a modifier alone.
 * @param {Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "getModifierState">} event
 */
export function chord(event) {
  if (SILENT.has(event.key)) return "";
  let key = SIGNS[/** @type {" "} */ (event.key)] ?? event.key;
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  if (key.length === 1 && letter && /[^\u0000-\u024f]/.test(key)) key = event.shiftKey ? letter : letter.toLowerCase();
  const graph = event.getModifierState("AltGraph");
  const control = (event.ctrlKey || event.metaKey) && !graph;
  const printed = key.length === 1;
  if (event.altKey && !graph && /^[a-z0-9]$/i.test(key)) return "";
  if (printed && control) key = key.toUpperCase();
  const shift = event.shiftKey && (!printed || control) && key !== "Space";
  return `${control ? "Ctrl+" : ""}${event.altKey && !printed ? "Alt+" : ""}${shift ? "Shift+" : ""}${key}`;
}

/** Say whether a key is a single sign, which can be switched off. @param {string} key */
export const single = (key) => key.length === 1 || key === "Space" || /^. .$/.test(key);

/** @template T */
export class Keymap {
  /** @param {Command<T>[]} commands @param {Pick<Storage, "getItem" | "setItem"> | null} storage */
  constructor(commands, storage) {
    this.commands = commands;
    this.storage = storage;
    /** @type {{ keys: Record<string, string[]>, singles: boolean }} */
    this.own = { keys: {}, singles: true };
    this.pending = "";
    try {
      this.own = { ...this.own, ...JSON.parse(storage?.getItem("keys") ?? "{}") };
    } catch {
      storage?.setItem("keys", "{}");
    }
  }

  /** @param {Command<T>} command */
  keysOf(command) {
    return this.own.keys[command.id] ?? command.keys;
  }

  /** Return the command that a key means now, or null; the first of a pair waits for the second. @param {string} key @param {T} desk */
  find(key, desk) {
    const whole = this.pending ? `${this.pending} ${key}` : key;
    this.pending = "";
    if (!this.own.singles && single(whole)) return null;
    const named = this.commands.filter((command) => this.keysOf(command).includes(whole));
    const found = named.find((command) => !command.when || command.when(desk));
    if (found) return found;
    if (this.commands.some((command) => this.keysOf(command).some((each) => each.startsWith(`${key} `)))) this.pending = key;
    return null;
  }
}
