// @ts-check
import { unreadable } from './file-check.js';
import { answerInWords, backoff, remedyOf } from './retry.js';
import { Doubt, Halt, Over } from './turns-of-events.js';
import { UnreadableError } from './sums.js';

/** After so many refused URLs of one part, or broken connections, the cause is looked for elsewhere. */
const IS_NOT_THE_URL = 3;
const REFUSED_MS = 60_000;

/** Sends the parts of one session, and sees to those that did not arrive. */
export class PartSender {
  /** @type {Set<Promise<void>>} */
  #underWay = new Set();
  /** @type {Map<number, number>} bytes of parts that are under way */
  #sent = new Map();
  #cancelling = new AbortController();
  #brokenInARow = 0;

  /** Why the last part did not arrive; empty since one did. */
  reason = '';

  /** @param {import('./session-run.js').SessionRun} session */
  constructor(session) {
    this.session = session;
    this.run = session.run;
  }

  get count() {
    return this.#underWay.size;
  }

  get sentBytes() {
    return [...this.#sent.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /** @param {number} part */
  start(part) {
    this.session.queue.started(part);
    const sending = this.run.upload.connections
      .take(() => this.#send(part))
      .catch((e) => {
        this.session.queue.putBack(part);
        this.run.interrupt(e);
      })
      .finally(() => {
        this.#underWay.delete(sending);
        this.#sent.delete(part);
        this.run.alarm.ring();
      });
    this.#underWay.add(sending);
  }

  /** Returns when nothing is under way. */
  async idle() {
    while (this.#underWay.size > 0) {
      await Promise.all(this.#underWay);
    }
  }

  /** Ends the PUTs under way, at once. */
  cancel() {
    this.#cancelling.abort();
    this.#cancelling = new AbortController();
  }

  /** @param {number} part */
  async #send(part) {
    const { queue, urls } = this.session;
    if (!this.run.sends) {
      queue.putBack(part);
      return;
    }
    const url = await urls.take(part);
    if (!this.run.sends) {
      urls.putBack(part, url);
      queue.putBack(part);
      return;
    }
    const body = this.run.file.slice(queue.from(part), queue.to(part));
    const outcome = await this.run.upload.put({
      url: url.url,
      headers: url.headers,
      body,
      signal: this.#cancelling.signal,
      onSent: (bytes) => {
        this.#sent.set(part, Math.min(bytes, queue.length(part)));
        this.run.upload.moved();
      },
    });
    await this.#heard(part, url, body, outcome);
  }

  /**
   * @param {number} part
   * @param {import('./url-stock.js').PartUrl} url
   * @param {Blob} body
   * @param {import('./retry.js').PutOutcome} outcome
   */
  async #heard(part, url, body, outcome) {
    switch (outcome.kind) {
      case 'stored':
        this.reason = '';
        this.#brokenInARow = 0;
        this.session.stored(part, outcome.etag);
        return;
      case 'cancelled':
        this.session.queue.putBack(part);
        return;
      case 'broken':
        await this.#broken(part, body, outcome);
        return;
      case 'answered':
        this.#refused(part, url, outcome);
    }
  }

  /** Nobody knows whether it arrived: it goes again, with a fresh URL. @param {number} part @param {Blob} body @param {{reason: string, sentBytes: number}} outcome */
  async #broken(part, body, { reason, sentBytes }) {
    const gone = await unreadable(body);
    if (gone) {
      throw new UnreadableError(gone);
    }
    this.#again(part, reason);
    this.#brokenInARow++;
    const mayBeCors = this.#brokenInARow > 1 && (sentBytes === 0 || this.#brokenInARow % IS_NOT_THE_URL === 0);
    const refused = mayBeCors ? await this.run.upload.storage.reason() : null;
    if (refused) {
      throw new Halt(refused, REFUSED_MS);
    }
  }

  /** @param {number} part @param {import('./url-stock.js').PartUrl} url @param {{status: number, code: string, retryAfterSeconds: number | null}} answer */
  #refused(part, url, answer) {
    const why = answerInWords(answer);
    switch (remedyOf(answer)) {
      case 'wait':
        this.session.urls.putBack(part, url);
        this.#again(part, why, answer.retryAfterSeconds);
        return;
      case 'fresh-url':
        this.#again(part, why, answer.retryAfterSeconds);
        return;
      case 'forbidden':
        if (++this.#again(part, why, answer.retryAfterSeconds).forbidden % IS_NOT_THE_URL === 0) {
          this.session.urls.clear();
          throw new Halt(`part ${part}: ${why} to three fresh URLs in a row`, REFUSED_MS);
        }
        return;
      case 'read-again':
        if (this.#again(part, why).misread++ > 0) {
          throw new Over('refused', `part ${part}: ${why} after reading it twice`);
        }
        return;
      case 'reconcile':
        this.session.urls.clear();
        throw new Doubt(`part ${part}: ${why}`);
      case 'stop':
        throw new Over('refused', `part ${part}: ${why}`);
    }
  }

  /** @param {number} part @param {string} why @param {number | null} [retryAfterSeconds] */
  #again(part, why, retryAfterSeconds = null) {
    const { random, time } = this.run.upload;
    const trouble = this.session.queue.failed(part);
    trouble.notBefore = time.now() + backoff(trouble.failures, { random, retryAfterSeconds });
    this.reason = why;
    this.run.upload.moved();
    return trouble;
  }
}
