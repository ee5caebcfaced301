// @ts-check
/**
 * Time, as the engine sees it: milliseconds that never go backwards, whatever is done to the clock
 * on the wall. Tests bring their own.
 * @typedef {object} Time
 * @property {() => number} now
 * @property {(ms: number, then: () => void) => () => void} after calls once; answers how to call it off
 */

/** @type {Time} */
export const realTime = {
  now: () => performance.now(),
  after(ms, then) {
    const timer = setTimeout(then, Math.min(ms, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  },
};

/** Somebody waits for a time, or until it is rung before. */
export class Alarm {
  #waiting = new Set();

  /** @param {Time} time */
  constructor(time) {
    this.time = time;
  }

  /** @param {number} [ms] for ever when left out @returns {Promise<void>} */
  wait(ms = Infinity) {
    return new Promise((resolve) => {
      const wake = () => {
        callOff();
        this.#waiting.delete(wake);
        resolve();
      };
      const callOff = ms === Infinity ? () => {} : this.time.after(Math.max(0, ms), wake);
      this.#waiting.add(wake);
    });
  }

  ring() {
    [...this.#waiting].forEach((wake) => wake());
  }
}

/** So many may do something at once; the others wait in their order. */
export class Turns {
  #free;
  /** @type {(() => void)[]} */
  #waiting = [];

  /** @param {number} width */
  constructor(width) {
    this.#free = width;
  }

  /** @template T @param {() => Promise<T>} what @returns {Promise<T>} */
  async take(what) {
    if (this.#free > 0) {
      this.#free--;
    } else {
      await new Promise((resolve) => this.#waiting.push(() => resolve(undefined)));
    }
    try {
      return await what();
    } finally {
      const next = this.#waiting.shift();
      next ? next() : this.#free++;
    }
  }
}
