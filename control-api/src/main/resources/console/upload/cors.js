// @ts-check
/**
 * To a page, a storage that does not allow it looks like a lost network. A plain request, whose
 * answer no page may read, tells them apart: it goes through where there is a network.
 */

/**
 * Whether storage answers at all.
 * @param {string} endpoint
 */
export async function isReached(endpoint) {
  try {
    await fetch(endpoint, { mode: 'no-cors', cache: 'no-store', credentials: 'omit' });
    return true;
  } catch {
    return false;
  }
}

/** Whether storage lets this page send. */
export class StorageDoubt {
  #works = false;
  /** @type {string | null} */
  #endpoint = null;

  /**
   * @param {import('./talk.js').Talk} talk
   * @param {{isReached: typeof isReached, origin: string}} page
   */
  constructor(talk, page) {
    this.talk = talk;
    this.page = page;
  }

  /** It took a part of ours. */
  works() {
    this.#works = true;
  }

  /** Why no PUT reaches a storage that answers others; null when that is not known. */
  async reason() {
    this.#endpoint ??= await this.talk.describe().then((told) => told.storage_endpoint, () => null);
    if (!this.#endpoint || !(await this.page.isReached(this.#endpoint))) {
      return null;
    }
    return this.#works
      ? `${this.#endpoint} took parts before, and now answers what this page may not read:`
        + ' it refuses them without saying why'
      : notAllowed(this.#endpoint, this.page.origin);
  }
}

/**
 * What somebody has to change there.
 * @param {string} endpoint
 * @param {string} origin of this page
 */
function notAllowed(endpoint, origin) {
  return `storage does not allow this page (CORS): ${endpoint} must let ${origin} PUT, and expose ETag.`
    + ` MinIO: start it with MINIO_API_CORS_ALLOW_ORIGIN=${origin}.`
    + ' AWS S3 and Ceph RGW: aws s3api put-bucket-cors, with'
    + ` AllowedOrigins ["${origin}"], AllowedMethods ["PUT", "GET"], AllowedHeaders ["*"] and`
    + ' ExposeHeaders ["ETag"]. The store of ./waybill up: add it to WAYBILL_HTTP_CORS_ORIGINS.';
}
