// @ts-check
import { retryAfter } from './retry.js';

/** Longer than the longest that the API takes, which is to complete a file of many parts. */
const PATIENCE_MS = 120_000;

/**
 * The smallest `api`: the address of a Waybill and a key. The console brings its own. An answer that
 * does not come whole in time is as none: the call is made again.
 * @param {{url: string, key: string, patienceMs?: number}} to
 * @returns {import('./talk.js').Api}
 */
export function connect({ url, key, patienceMs = PATIENCE_MS }) {
  const unreached = (/** @type {Error} */ e) =>
    refuse(`the API at ${url} is not reached: ${e.message}`, { code: 'network' });
  return {
    async call(method, path, { body, idempotencyKey } = {}) {
      const headers = /** @type {Record<string, string>} */ ({ Authorization: `Bearer ${key}` });
      if (body !== undefined) {
        headers['Content-Type'] = 'application/json';
      }
      if (idempotencyKey) {
        headers['Idempotency-Key'] = idempotencyKey;
      }
      const answer = await fetch(new URL(path, url), {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(patienceMs),
      }).catch(unreached);
      const json = parsed(await answer.text().catch(unreached));
      if (answer.ok && json !== null) {
        return json;
      }
      const error = json?.error;
      return refuse(error?.message ?? `what answers at ${url} is not the API (${answer.status})`, {
        status: answer.status,
        code: error?.code ?? 'not_json',
        details: error?.details ?? {},
        requestId: error?.request_id ?? null,
        retryAfterSeconds: retryAfter(answer.headers.get('Retry-After')),
      });
    },
  };
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @param {string} message @param {Partial<import('./session.js').ApiError>} more @returns {never} */
function refuse(message, more) {
  throw Object.assign(new Error(message), more);
}
