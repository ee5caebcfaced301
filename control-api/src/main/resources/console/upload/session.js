// @ts-check
/** What the server's words mean for an upload; the same table as the device agent's. */

/**
 * A refusal or an outage, as every `api` throws it.
 * @typedef {Error & {status?: number, code?: string, details?: Record<string, any>,
 *   requestId?: string | null, retryAfterSeconds?: number | null}} ApiError
 */

/**
 * `over`: this very request will never be carried out. `in-doubt`: the session is not what we
 * thought. `parts-lost`: parts that we think stored are not. `not-now`: it may be otherwise later;
 * rights, quotas, keys and networks come and go.
 * @typedef {'over' | 'in-doubt' | 'parts-lost' | 'not-now'} Finality
 */

const PARTS_LOST = new Set(['upload.missing_parts', 'upload.part_size_mismatch']);
const IN_DOUBT = new Set([
  'upload.invalid_state',
  'upload.expired',
  'upload.parts_changed',
  'upload.completion_in_progress',
  'upload.abort_in_progress',
  'storage.upload_missing',
]);
const OVER = new Set([
  'request.malformed',
  'request.validation_failed',
  'request.too_large',
  'request.unsupported_media_type',
  'idempotency.key_reused_with_different_request',
]);

/** @param {ApiError} error @returns {Finality} */
export function finality({ code = '' }) {
  if (PARTS_LOST.has(code)) {
    return 'parts-lost';
  }
  if (IN_DOUBT.has(code)) {
    return 'in-doubt';
  }
  const isOver = OVER.has(code) || code.startsWith('upload.') || code.startsWith('metadata.');
  return isOver ? 'over' : 'not-now';
}

/** A refusal for a person; what is wrong with single fields says more than the line above it. @param {ApiError} error */
export function inWords(error) {
  const fields = (error.details?.errors ?? []).map(
    (/** @type {{field: string, message: string}} */ { field, message }) => `${field}: ${message}`);
  const request = error.requestId ? ` (request ${error.requestId})` : '';
  return [error.message, ...fields].join('; ') + request;
}

/** The parts that a refusal names. @param {ApiError} error @returns {number[]} */
export function partNumbers({ details = {} }) {
  return Object.entries(details)
    .filter(([name, value]) => name.endsWith('part_numbers') && Array.isArray(value))
    .flatMap(([, value]) => value);
}

/**
 * What a session is, and so what its file does: `sends`, stands still (`paused`; `soon` while the
 * server itself is at work), has another try (`revive`, `renew`), or has ended (`done`, `aborted`,
 * `refused`). `why` is for a person.
 * @typedef {{then: 'sends' | 'paused' | 'soon' | 'revive' | 'renew' | 'done' | 'aborted' | 'refused',
 *   why: string}} Conclusion
 */

/** @param {any} session as the API tells it @returns {Conclusion} */
export function conclude(session) {
  const { status, last_error: error } = session;
  switch (status) {
    case 'INITIATED':
    case 'UPLOADING':
      return { then: 'sends', why: '' };
    case 'INITIATING':
      return {
        then: 'soon',
        why: session.instant
          ? 'the project has these bytes already: storage is copying them'
          : 'the server is still preparing the session',
      };
    case 'COMPLETING':
      return { then: 'soon', why: 'the server is completing the object' };
    case 'PAUSED':
      return { then: 'paused', why: session.pause_reason
        ? `paused on the server: ${session.pause_reason}` : 'paused on the server' };
    case 'COMPLETED':
      return { then: 'done', why: 'it was completed elsewhere' };
    case 'EXPIRED':
      return { then: 'revive', why: 'its session expired' };
    case 'ABORTING':
    case 'ABORTED':
      return Date.parse(session.updated_at) > Date.parse(session.expires_at)
        ? { then: 'renew', why: 'its session expired and was cleaned up' }
        : { then: 'aborted', why: 'somebody aborted it on the server' };
    case 'FAILED':
      return error?.code === 'storage.upload_missing'
        ? { then: 'renew', why: 'storage lost the upload' }
        : { then: 'refused', why: `the session failed: ${error?.message ?? 'without a reason'}` };
    default:
      return { then: 'soon', why: `the server calls the session ${status}` };
  }
}
