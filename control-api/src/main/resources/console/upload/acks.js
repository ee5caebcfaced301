// @ts-check
import { finality } from './session.js';

/** So long the parts of one message are gathered. */
const GATHER_MS = 1_000;
const MOST = 1000;

/** Tells the server which parts are stored: for its progress; completing asks storage itself. */
export class Acks {
  /** @type {Promise<void> | null} */
  #telling = null;
  /** @type {Promise<unknown>} the message under way, or the last */
  #message = Promise.resolve();
  #leaves = false;

  /**
   * @param {object} of
   * @param {import('./part-queue.js').PartQueue} of.queue
   * @param {import('./time.js').Time} of.time
   * @param {(parts: any[]) => Promise<any>} of.acknowledge
   * @param {(e: unknown) => void} of.onRefused
   */
  constructor({ queue, time, acknowledge, onRefused }) {
    this.queue = queue;
    this.time = time;
    this.acknowledge = acknowledge;
    this.onRefused = onRefused;
  }

  partStored() {
    this.#telling ??= this.#soon().finally(() => (this.#telling = null));
  }

  async #soon() {
    await new Promise((resolve) => this.time.after(GATHER_MS, () => resolve(undefined)));
    await this.#tellAll().catch(this.onRefused);
  }

  /** Nobody is told of what is stored by now; returns when the message under way is answered. */
  async leaveRest() {
    this.#leaves = true;
    await this.#message.catch(() => {});
    this.queue.acknowledged(this.queue.unacknowledged(Infinity));
    this.#leaves = false;
  }

  /** An outage is no reason to wait. */
  async #tellAll() {
    for (let parts; !this.#leaves && (parts = this.queue.unacknowledged(MOST)).length > 0; ) {
      try {
        this.#message = this.acknowledge(parts);
        await this.#message;
      } catch (e) {
        if (finality(/** @type {any} */ (e)) === 'not-now') {
          return;
        }
        throw e;
      }
      this.queue.acknowledged(parts);
    }
  }
}
