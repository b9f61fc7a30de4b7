// @ts-check
/** @import { Keymap } from "./keymap.js" */
/* Keys of one's own, kept in this browser. */

/**
 * Give a command other keys; a key that another one had is taken from it.
 * @template T @param {Keymap<T>} keymap @param {string} id @param {string[] | null} keys null for the usual ones
 */
export function rebind(keymap, id, keys) {
  const { own, commands } = keymap;
  if (keys === null) delete own.keys[id];
  else {
    const scope = commands.find((command) => command.id === id)?.when;
    for (const other of commands) {
      if (other.id !== id && other.when === scope && keymap.keysOf(other).some((key) => keys.includes(key))) {
        own.keys[other.id] = keymap.keysOf(other).filter((key) => !keys.includes(key));
      }
    }
    own.keys[id] = keys;
  }
  keep(keymap);
}

/** Switch the keys of a single sign on or off. @template T @param {Keymap<T>} keymap @param {boolean} on */
export function singles(keymap, on) {
  keymap.own.singles = on;
  keep(keymap);
}

/** @template T @param {Keymap<T>} keymap */
const keep = ({ storage, own }) => storage?.setItem("keys", JSON.stringify(own));
