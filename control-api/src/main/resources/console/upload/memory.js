// @ts-check
/**
 * What uploads need to be resumed, in IndexedDB. Where that is refused (a private window, a full
 * disk) it is kept in memory instead, and `note` says what that means.
 */

const DATABASE = 'waybill-upload';
const UPLOADS = 'uploads';

const REFUSED =
  'This browser does not let the page remember uploads (a private window, or no space):'
  + ' leave this tab open until they are done; after a reload they cannot be resumed here.';

export class Memory {
  /** A sentence for the person when nothing outlives the tab; empty otherwise. */
  note = '';
  /** @type {Map<string, any>} what IndexedDB refused */
  #here = new Map();
  /** @type {Promise<IDBDatabase | null>} */
  #database;

  /** @param {IDBFactory | undefined} [factory] */
  constructor(factory = globalThis.indexedDB) {
    this.#database = open(factory).catch(() => this.#refused());
  }

  /** @param {import('./record.js').UploadRecord} record */
  async save(record) {
    const database = await this.#database;
    try {
      await (database ? done(store(database, 'readwrite').put(record)) : Promise.reject());
      this.#here.delete(record.id);
    } catch {
      this.#refused();
      this.#here.set(record.id, record);
    }
  }

  /** Every upload that has not ended, oldest first. @returns {Promise<import('./record.js').UploadRecord[]>} */
  async all() {
    const database = await this.#database;
    const kept = database ? await done(store(database, 'readonly').getAll()).catch(() => []) : [];
    const others = kept.filter((record) => !this.#here.has(record.id));
    return [...others, ...this.#here.values()].sort((a, b) => a.begunAt - b.begunAt);
  }

  /** @param {string} id */
  async forget(id) {
    this.#here.delete(id);
    const database = await this.#database;
    if (database) {
      await done(store(database, 'readwrite').delete(id)).catch(() => {});
    }
  }

  #refused() {
    this.note = REFUSED;
    return null;
  }
}

/** @param {IDBFactory | undefined} factory @returns {Promise<IDBDatabase>} */
async function open(factory) {
  if (!factory) {
    throw new Error('there is no IndexedDB');
  }
  const request = factory.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(UPLOADS, { keyPath: 'id' });
  return done(request);
}

/** @param {IDBDatabase} database @param {IDBTransactionMode} mode */
function store(database, mode) {
  return database.transaction(UPLOADS, mode, { durability: 'strict' }).objectStore(UPLOADS);
}

/**
 * A write counts once its transaction has ended: space may be refused until then.
 * @template T @param {IDBRequest<T>} request @returns {Promise<T>}
 */
function done(request) {
  return new Promise((resolve, reject) => {
    const failed = () => reject(request.error ?? request.transaction?.error);
    request.onerror = failed;
    request.onsuccess = () => {
      const { transaction } = request;
      if (!transaction || transaction.mode === 'versionchange') {
        resolve(request.result);
        return;
      }
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = failed;
    };
  });
}
