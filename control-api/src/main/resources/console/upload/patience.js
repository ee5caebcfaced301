// @ts-check
import { backoff } from './retry.js';
import { finality, inWords } from './session.js';

/**
 * Asks the API; what cannot be now is asked again, ever later, with the reason told.
 * @template T
 * @param {() => Promise<T>} question
 * @param {object} how
 * @param {() => number} how.random
 * @param {(why: string, ms: number) => Promise<void>} how.wait shows the reason, and returns when it
 *     may be tried again; fails when nobody wants to know any more
 * @returns {Promise<T>}
 */
export async function patiently(question, { random, wait }) {
  for (let failures = 1; ; failures++) {
    try {
      return await question();
    } catch (e) {
      const error = /** @type {import('./session.js').ApiError} */ (e);
      if (!error.code || finality(error) !== 'not-now') {
        throw e;
      }
      const ms = backoff(failures, { random, retryAfterSeconds: error.retryAfterSeconds });
      await wait(inWords(error), ms);
    }
  }
}
