// @ts-check
/**
 * What an upload asks the API for. An `api` has one method; it answers the JSON of a success, and
 * throws an `ApiError` with a `code` for a refusal (the API's own), `network` or `not_json`.
 * @typedef {object} Api
 * @property {(method: string, path: string, more?: {body?: any, idempotencyKey?: string}) => Promise<any>} call
 */

const PAGE = 1000;

/** @param {Api} api */
export function talk(api) {
  const get = (/** @type {string} */ path) => api.call('GET', path);
  const post = (/** @type {string} */ path, body = {}, /** @type {string | undefined} */ key = undefined) =>
    api.call('POST', path, { body, idempotencyKey: key });
  const task = (/** @type {string} */ project, /** @type {string} */ id) =>
    `/v1/projects/${project}/upload-tasks/${id}`;
  const session = (/** @type {string} */ id) => `/v1/uploads/${id}`;

  return {
    describe: () => get('/v1/describe'),

    /** @param {string} project @param {any} request @param {string} key */
    createTask: (project, request, key) => post(`/v1/projects/${project}/upload-tasks`, request, key),

    /** @param {string} project @param {string} id */
    task: (project, id) => get(task(project, id)),

    /** @param {string} project @param {string} id @param {'pause' | 'resume' | 'cancel'} what @param {string} reason */
    moveTask: (project, id, what, reason) => post(`${task(project, id)}/${what}`, { reason }),

    /** Another session for a file whose session is gone. @param {string} project @param {string} id @param {string} object @param {string} key */
    retryObject: (project, id, object, key) =>
      post(`${task(project, id)}/objects/${object}/retry`, {}, key),

    /** @param {string} id */
    session: (id) => get(session(id)),

    /** The numbers of the parts that storage has. @param {string} id @returns {Promise<number[]>} */
    async storedParts(id) {
      const stored = [];
      for (let cursor = ''; cursor !== null; ) {
        const at = cursor && `&cursor=${encodeURIComponent(cursor)}`;
        const page = await get(`${session(id)}/parts?source=reconcile&limit=${PAGE}${at}`);
        for (const { part_number: part, status } of page.parts) {
          if (status === 'UPLOADED') {
            stored.push(part);
          }
        }
        cursor = page.next_cursor;
      }
      return stored;
    },

    /** Whether whoever paused a session last wants PUTs under way to end. @param {string} id */
    async pauseEndsPuts(id) {
      let wish = '';
      for (let cursor = ''; cursor !== null; ) {
        const at = cursor && `&cursor=${encodeURIComponent(cursor)}`;
        const page = await get(`${session(id)}/events?limit=200${at}`);
        for (const { type, details } of page.events) {
          wish = type === 'upload.paused' ? details?.inflight : wish;
        }
        cursor = page.next_cursor;
      }
      return wish === 'CANCEL_INFLIGHT';
    },

    /** @param {string} id @param {string} reason */
    pauseAtOnce: (id, reason) => post(`${session(id)}/pause`,
      { reason, client_inflight_behavior: 'cancel_inflight' }),

    /** @param {string} id @param {number[]} parts @param {Record<number, string> | null} checksums */
    presign: (id, parts, checksums) =>
      post(`${session(id)}/parts/presign`, { part_numbers: parts, ...(checksums && { checksums }) }),

    /** @param {string} id @param {any[]} parts */
    acknowledge: (id, parts) => post(`${session(id)}/parts/ack`, { parts }),

    /** @param {string} id @param {number} seconds */
    extend: (id, seconds) => post(`${session(id)}/extend`,
      { extend_by_seconds: seconds, reason: 'bytes still move at half of its life' }),

    /** @param {string} id @param {string | null} sha256 of the whole file, in hex */
    complete: (id, sha256) => post(`${session(id)}/complete`, { checksum_sha256: sha256 }),
  };
}

/** @typedef {ReturnType<typeof talk>} Talk */
