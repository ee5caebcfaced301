// @ts-check
import { retryAfter } from './retry.js';

/** Nothing moved for so long: the connection is taken for dead. */
const SILENCE_MS = 120_000;

/**
 * One PUT of one part, straight from its file. XMLHttpRequest, because `fetch` does not tell how
 * far it is.
 * @param {object} part
 * @param {string} part.url
 * @param {Record<string, string>} part.headers
 * @param {Blob} part.body
 * @param {(sentBytes: number) => void} part.onSent told how much has gone so far
 * @param {AbortSignal} part.signal
 * @returns {Promise<import('./retry.js').PutOutcome>}
 */
export function put({ url, headers, body, onSent, signal }) {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ kind: 'cancelled' });
      return;
    }
    const request = new XMLHttpRequest();
    let sentBytes = 0;
    let silence = setTimeout(silent, SILENCE_MS);
    const cancel = () => request.abort();

    function silent() {
      finish({ kind: 'broken', reason: 'storage was silent for two minutes', sentBytes });
      request.abort();
    }

    /** @param {import('./retry.js').PutOutcome} outcome */
    function finish(outcome) {
      clearTimeout(silence);
      signal.removeEventListener('abort', cancel);
      resolve(outcome);
    }

    request.upload.onprogress = ({ loaded }) => {
      sentBytes = loaded;
      onSent(loaded);
      clearTimeout(silence);
      silence = setTimeout(silent, SILENCE_MS);
    };
    request.onload = () => finish(answered(request));
    request.onabort = () => finish({ kind: 'cancelled' });
    request.onerror = () =>
      finish({ kind: 'broken', reason: 'the connection to storage broke', sentBytes });
    signal.addEventListener('abort', cancel);
    request.open('PUT', url);
    Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.send(body);
  });
}

/** @param {XMLHttpRequest} request @returns {import('./retry.js').PutOutcome} */
function answered(request) {
  if (request.status >= 200 && request.status < 300) {
    return { kind: 'stored', etag: exposed(request, 'ETag') };
  }
  return {
    kind: 'answered',
    status: request.status,
    code: /<Code>\s*([^<]*?)\s*<\/Code>/.exec(request.responseText)?.[1] ?? '',
    retryAfterSeconds: retryAfter(exposed(request, 'Retry-After')),
  };
}

/** What storage does not expose is as if it were not there; asking for it by name is an error line. */
function exposed(/** @type {XMLHttpRequest} */ request, /** @type {string} */ name) {
  const line = request.getAllResponseHeaders().split('\r\n').find((each) =>
    each.toLowerCase().startsWith(name.toLowerCase() + ':'));
  return line ? line.slice(name.length + 1).trim() : null;
}
