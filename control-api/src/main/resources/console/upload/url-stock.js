// @ts-check
/**
 * URLs in hand, each for one part and one attempt: asked for in small batches just ahead of need,
 * and never written down.
 */

/** @typedef {{url: string, headers: Record<string, string>}} PartUrl */

/** A URL this close to its end is not worth starting with. */
const MARGIN_MS = 10_000;

/** One answer should carry what is needed in this time. */
const AHEAD_MS = 5_000;

/** The server's limit of one request. */
const MOST = 100;

/** Pages share the presign rate of a tenant: one of them asks five times a second at most. */
const PAUSE_MS = 200;

export class UrlStock {
  /** @type {Map<number, PartUrl & {goodUntil: number}>} */
  #held = new Map();
  /** @type {Promise<void> | null} */
  #asking = null;
  #pace = 0;
  #stored = 0;
  #since;

  /**
   * @param {object} from
   * @param {import('./part-queue.js').PartQueue} from.queue
   * @param {import('./time.js').Time} from.time
   * @param {number} from.connections
   * @param {boolean} from.sumsFirst whether parts are summed for their URLs: then few at a time, so
   *     that what was summed is still in the page cache when it is sent
   * @param {(parts: number[]) => Promise<any>} from.presign
   * @param {(e: unknown) => void} from.onRefused when nobody waits for what is asked ahead
   */
  constructor({ queue, time, connections, sumsFirst, presign, onRefused }) {
    this.queue = queue;
    this.time = time;
    this.connections = connections;
    this.sumsFirst = sumsFirst;
    this.presign = presign;
    this.onRefused = onRefused;
    this.#since = time.now();
  }

  /** Takes in an answer; its life is counted by our own clock from now on. @param {any} answer */
  add(answer) {
    const life = answer.expires_in_seconds * 1000;
    const goodUntil = this.time.now() + life - Math.min(MARGIN_MS, life / 2);
    for (const { part_number: part, url, required_headers: headers } of answer.parts ?? []) {
      this.#held.set(part, { url, headers, goodUntil });
    }
  }

  /** Where the part may go; asks for it when no URL is here. @param {number} part @returns {Promise<PartUrl>} */
  async take(part) {
    for (;;) {
      const held = this.#fresh(part);
      if (held) {
        this.#held.delete(part);
        this.#askAhead();
        return held;
      }
      await this.#ask([part, ...this.#upcoming(this.#ahead() - 1)]);
    }
  }

  /** @param {number} part @param {PartUrl} url that nobody has refused */
  putBack(part, url) {
    this.#held.set(part, /** @type {PartUrl & {goodUntil: number}} */ (url));
  }

  partStored() {
    this.#stored++;
  }

  clear() {
    this.#held.clear();
  }

  /** @param {number} part */
  #fresh(part) {
    const held = this.#held.get(part);
    return held && held.goodUntil > this.time.now() ? held : null;
  }

  #askAhead() {
    const ahead = this.#ahead();
    if (!this.#asking && this.#held.size <= ahead / 2) {
      const parts = this.#upcoming(ahead);
      if (parts.length > 0) {
        this.#ask(parts).catch(this.onRefused);
      }
    }
  }

  /** @param {number} most */
  #upcoming(most) {
    const parts = this.queue.next(most + this.#held.size, this.time.now());
    return parts.filter((part) => !this.#fresh(part)).slice(0, Math.max(0, most));
  }

  #ahead() {
    const elapsed = Math.max(1000, this.time.now() - this.#since);
    const perSecond = (this.#stored * 1000) / elapsed;
    if (elapsed > 4 * AHEAD_MS) {
      this.#since = this.time.now() - 2 * AHEAD_MS;
      this.#stored = Math.round((perSecond * 2 * AHEAD_MS) / 1000);
    }
    const most = this.sumsFirst ? this.connections : MOST;
    return Math.min(most, Math.ceil(Math.max(2 * this.connections, (perSecond * AHEAD_MS) / 1000)));
  }

  /** One request at a time; whoever comes meanwhile waits for it and looks again. @param {number[]} parts */
  #ask(parts) {
    this.#asking ??= this.#presigned(parts).finally(() => (this.#asking = null));
    return this.#asking;
  }

  /** @param {number[]} parts */
  async #presigned(parts) {
    const early = this.#pace - this.time.now();
    if (early > 0) {
      await new Promise((resolve) => this.time.after(early, () => resolve(undefined)));
    }
    this.#pace = this.time.now() + PAUSE_MS;
    this.add(await this.presign(parts));
  }
}
