// @ts-check
/** How long a session lives, and the asking for more when half of it is gone and bytes move. */

/** Less than this is not worth asking for. */
const LEAST_SECONDS = 60;

/** Ends so close to each other are the same one, told in whole seconds. */
const SAME_MS = 5_000;
const DEFAULT_SECONDS = 24 * 3600;

export class Life {
  #from = 0;
  #until = Infinity;
  #stepSeconds = 0;
  #asking = false;
  #refused = false;

  /**
   * @param {import('./time.js').Time} time
   * @param {(seconds: number) => Promise<{expires_in_seconds: number}>} extend
   */
  constructor(time, extend) {
    this.time = time;
    this.extend = extend;
  }

  /** An end that is known already changes nothing. @param {number} seconds that the server says are left */
  known(seconds) {
    const until = this.time.now() + seconds * 1000;
    if (Math.abs(until - this.#until) > SAME_MS) {
      this.#from = this.time.now();
      this.#until = until;
      this.#stepSeconds ||= seconds;
      this.#refused = false;
    }
  }

  get halfGone() {
    return this.time.now() - this.#from > (this.#until - this.#from) / 2;
  }

  /** Asks for as much again. @returns {Promise<string | null>} why there is no more, null otherwise */
  async extendWhenDue() {
    if (!this.halfGone || this.#asking || this.#refused) {
      return null;
    }
    this.#asking = true;
    try {
      await this.revive();
      return null;
    } catch (e) {
      this.#refused = true;
      return e instanceof Error ? e.message : String(e);
    } finally {
      this.#asking = false;
    }
  }

  /** More life, now. The policy may have less left than we would like: half of it will do, and half of that. */
  async revive() {
    for (let seconds = this.#stepSeconds || DEFAULT_SECONDS; ; seconds = Math.floor(seconds / 2)) {
      try {
        const { expires_in_seconds: left } = await this.extend(Math.max(LEAST_SECONDS, seconds));
        this.known(left);
        return;
      } catch (e) {
        const isTooMuch = /** @type {any} */ (e).code === 'request.validation_failed';
        if (!isTooMuch || seconds / 2 < LEAST_SECONDS) {
          throw e;
        }
      }
    }
  }
}
