// @ts-check
/** Who wants to hear of what. */
export class Events {
  /** @type {Map<string, Set<(what: any) => void>>} */
  #listeners = new Map();

  /** @param {string} event @param {(what: any) => void} listener @returns {() => void} ends the listening */
  on(event, listener) {
    const all = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, all.add(listener));
    return () => all.delete(listener);
  }

  /** @param {string} event @param {any} what */
  tell(event, what) {
    this.#listeners.get(event)?.forEach((listener) => listener(what));
  }
}
