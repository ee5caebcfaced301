// @ts-check
/**
 * What to do about a part that storage did not take: the same table as the device agent's, as a
 * function. Only what no repetition can mend ends an upload; what a person may mend makes it wait.
 */

/**
 * What became of one PUT.
 * `stored`: storage has the part; `etag` is null where this page may not read it.
 * `answered`: storage refused, with its own error `code`, empty when it gave none.
 * `broken`: there was no answer that this page may see: storage has the part, or not.
 * `cancelled`: this page itself broke it off.
 * @typedef {{kind: 'stored', etag: string | null}
 *   | {kind: 'answered', status: number, code: string, retryAfterSeconds: number | null}
 *   | {kind: 'broken', reason: string, sentBytes: number}
 *   | {kind: 'cancelled'}} PutOutcome
 */

/**
 * `wait`: send it again later, its URL is still good. `fresh-url`: later, over another URL.
 * `forbidden`: another URL may be better; three in a row mean that a person is needed.
 * `read-again`: other bytes arrived than were announced: read them once more, once.
 * `reconcile`: storage does not know the upload: the API must say what is true.
 * `stop`: sending it again would end the same way.
 * @typedef {'wait' | 'fresh-url' | 'forbidden' | 'read-again' | 'reconcile' | 'stop'} Remedy
 */

const WAITS = new Set([408, 409, 425, 429]);
const FORBIDDEN = new Set([501, 505]);

const BAD_REQUESTS = new Map(
  /** @type {[string, Remedy][]} */ ([
    ['requesttimeout', 'fresh-url'],
    ['incompletebody', 'fresh-url'],
    ['baddigest', 'read-again'],
    ['xamzcontentsha256mismatch', 'read-again'],
    ['xamzcontentchecksummismatch', 'read-again'],
    ['', 'forbidden'], // no store refuses without its code: something else has answered
    ['expiredtoken', 'forbidden'],
    ['invalidtoken', 'forbidden'],
    ['tokenrefreshrequired', 'forbidden'],
    ['authorizationheadermalformed', 'forbidden'],
    ['authorizationqueryparameterserror', 'forbidden'],
  ]),
);

/**
 * @param {{status: number, code: string}} answer of storage, not a success
 * @returns {Remedy}
 */
export function remedyOf({ status, code }) {
  const word = code.toLowerCase();
  if (status === 400) {
    return BAD_REQUESTS.get(word) ?? (word.startsWith('kms.') ? 'forbidden' : 'stop');
  }
  if (status === 404) {
    return word === 'nosuchbucket' ? 'forbidden' : 'reconcile';
  }
  if (WAITS.has(status)) {
    return 'wait';
  }
  return status >= 500 && !FORBIDDEN.has(status) ? 'wait' : 'forbidden';
}

/**
 * In words, for the person who watches.
 * @param {{status: number, code: string}} answer
 */
export function answerInWords({ status, code }) {
  return `storage answered ${status}${code ? ' ' + code : ''}`;
}

const LEAST_MS = 500;
const MOST_MS = 30_000;

/**
 * How many milliseconds to wait when so many attempts in a row, from 1, have failed: exponential
 * with full jitter, never less than the other side has asked for.
 * @param {number} failures
 * @param {{random?: () => number, retryAfterSeconds?: number | null}} [how]
 */
export function backoff(failures, { random = Math.random, retryAfterSeconds = null } = {}) {
  const ceiling = Math.min(MOST_MS, LEAST_MS * 2 ** Math.min(failures, 16));
  const wait = LEAST_MS + random() * (ceiling - LEAST_MS);
  return Math.max(wait, (retryAfterSeconds ?? 0) * 1000);
}

/**
 * Retry-After in seconds; its date form asks for a clock that nobody trusts, so it is left out.
 * @param {string | null | undefined} header
 */
export function retryAfter(header) {
  return header && /^\s*\d{1,6}\s*$/.test(header) ? Number(header) : null;
}
