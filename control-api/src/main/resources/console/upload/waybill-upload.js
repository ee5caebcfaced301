// @ts-check
import { isReached } from './cors.js';
import { difference, look, objectName } from './file-check.js';
import { Memory } from './memory.js';
import { put } from './put.js';
import { isOver, newRecord, recordOf } from './record.js';
import { Sums } from './sums.js';
import { talk } from './talk.js';
import { realTime } from './time.js';
import { Upload } from './upload.js';

export { connect } from './connect.js';
export { objectName } from './file-check.js';

/** The most files of one task. */
export const MOST_FILES = 100;

/** A file to upload: as it was picked, or with the name to send it under and its handle. @typedef {File | {file: File, objectName?: string, handle?: any}} Picked */

/** Files were picked that are not those of the upload. `files` says of each why. */
export class OtherFileError extends Error {
  /** @param {{name: string, why: string}[]} files */
  constructor(files) {
    super(files.map(({ name, why }) => `${name} is not the file that the upload was begun with: ${why}`).join('; '));
    this.files = files;
  }
}

/**
 * Uploads files from a page to the storage of a Waybill. It draws nothing and reads no page: what
 * happens is told by events. See docs/browser-upload.md.
 */
export class Uploader {
  #parts;
  #owner;

  /**
   * @param {object} options
   * @param {import('./talk.js').Api} options.api
   * @param {number} [options.connections] PUTs at once over all files of an upload, 1 to 8
   * @param {() => string | null} [options.owner] whose the uploads are that are begun now; only their owner is told
   *     of those that wait
   * @param {boolean} [options.sumFiles] whether the SHA-256 of each file is made and told
   * @param {Partial<import('./upload.js').Parts>} [options.parts] a test's own
   */
  constructor({ api, owner = () => null, connections = 4, sumFiles = true, parts = {} }) {
    if (!(connections >= 1 && connections <= 8)) {
      throw new RangeError('connections: 1 to 8');
    }
    this.#owner = owner;
    this.#parts = {
      api,
      memory: new Memory(),
      put,
      time: realTime,
      random: Math.random,
      isReached,
      origin: globalThis.location?.origin ?? '',
      settings: { connections, sumFiles },
      ...parts,
    };
  }

  /** Why uploads are not remembered beyond this tab; empty when they are. */
  get note() {
    return this.#parts.memory.note;
  }

  /**
   * Begins an upload: one task of at most 100 files, none of them empty.
   * @param {Iterable<Picked>} files
   * @param {object} to
   * @param {string} to.projectId
   * @param {string} [to.taskName]
   * @param {Record<string, any>} [to.metadata]
   * @param {number} [to.partSizeBytes] the storage policy's own when left out
   */
  async upload(files, { projectId, taskName, metadata = {}, partSizeBytes }) {
    const picked = named(files);
    if (picked.length < 1 || picked.length > MOST_FILES) {
      throw new RangeError(`an upload has 1 to ${MOST_FILES} files, not ${picked.length}`);
    }
    const seen = await Promise.all(picked.map(async ({ file, handle, objectName }) =>
      ({ ...(await look(file)), type: file.type, handle, objectName })));
    const record = newRecord({
      projectId, metadata, files: seen, taskName: taskName ?? null, partSizeBytes: partSizeBytes ?? null,
    });
    return this.#started(record, new Map(picked.map((each) => [each.objectName, each.file])), true);
  }

  /** Uploads of this owner that were interrupted, oldest first; those that run in another tab are not among them. */
  async waiting() {
    const held = await heldElsewhere();
    const owner = this.#owner();
    return (await this.#parts.memory.all()).filter((record) =>
      !held.has(lockName(record.id)) && (record.owner ?? null) === owner);
  }

  /**
   * Goes on with an upload that waits for its files. Those with a handle are read again by it; the
   * others are picked again, and must be what they were. Parts that storage has are not sent again.
   * @param {string} id
   * @param {Iterable<Picked>} [picked] fails with an OtherFileError when one is another file now
   */
  async resume(id, picked = []) {
    const record = (await this.waiting()).find((each) => each.id === id);
    if (!record) {
      throw new Error('this upload has ended, or goes on in another tab');
    }
    const files = new Map();
    const others = [];
    for (const { entry, file } of await matched(record, named(picked))) {
      const why = await difference(entry, file);
      why ? others.push({ name: entry.objectName, why }) : files.set(entry.objectName, file);
    }
    if (others.length > 0) {
      throw new OtherFileError(others);
    }
    if (files.size === 0) {
      const names = record.files.filter((entry) => !isOver(entry)).map((entry) => entry.objectName);
      throw new Error(`none of the files that it waits for is here: pick ${names.slice(0, 5).join(', ')}`);
    }
    return this.#started(record, files);
  }

  /**
   * Goes on with a task that was begun elsewhere, by a device or in another browser. Nothing is known here of its files
   * but their names and sizes: that they have the same bytes is the person's word.
   * @param {{ projectId: string, taskId: string }} of
   * @param {Iterable<Picked>} picked fails with an OtherFileError when one has another size
   */
  async takeOver({ projectId, taskId }, picked) {
    const task = await talk(this.#parts.api).task(projectId, taskId);
    const open = task.objects.filter((/** @type {any} */ object) => object.status !== 'COMPLETED');
    /** @type {{ object: any, file: File, handle: any }[]} */
    const found = open.flatMap((/** @type {any} */ object) => {
      const mine = named(picked).find(({ file, objectName: name }) =>
        name === object.object_name || file.name === object.object_name.split('/').pop());
      return mine ? [{ object, ...mine }] : [];
    });
    if (found.length === 0) {
      throw new Error(open.length === 0 ? 'every file of this upload is complete'
        : `none of its files is here: pick ${open.slice(0, 5).map((/** @type {any} */ o) => o.object_name).join(', ')}`);
    }
    const others = found.filter(({ object, file }) => file.size !== object.file_size_bytes).map(({ object, file }) =>
      ({ name: object.object_name, why: `it has ${file.size} bytes and had ${object.file_size_bytes}` }));
    if (others.length > 0) {
      throw new OtherFileError(others);
    }
    const files = await Promise.all(found.map(async ({ object, file, handle }) =>
      ({ object, handle, seen: await look(file) })));
    return this.#started(recordOf(task, files), new Map(found.map(({ object, file }) => [object.object_name, file])));
  }

  /** Forgets an upload that waits, here; what storage has of it goes when its session expires. @param {string} id */
  async forget(id) {
    await this.#parts.memory.forget(id);
  }

  /** @param {import('./record.js').UploadRecord} record @param {Map<string, File>} files @param {boolean} [isNew] */
  #started(record, files, isNew = false) {
    record.owner = this.#owner();
    const upload = new Upload(record, files, { sums: new Sums(), ...this.#parts }, isNew);
    /** Resolves with the last snapshot when every file has ended, or waits to be picked again. */
    const finished = alone(record.id, () => upload.run());
    finished.catch(() => {}); // told to who waits for it
    return Object.assign(upload, { finished });
  }
}

/** @param {Iterable<Picked>} files */
function named(files) {
  return [...files].map((each) => {
    const { file, objectName: name, handle = null } = each instanceof File ? { file: each } : each;
    return { file, handle, objectName: name ?? objectName(file) };
  });
}

/**
 * The files of an upload that are still to be sent, as far as they are here: picked under the same
 * name, or read by their handle.
 * @param {import('./record.js').UploadRecord} record
 * @param {{file: File, objectName: string}[]} picked
 */
async function matched(record, picked) {
  const open = record.files.filter((entry) => !isOver(entry));
  const found = await Promise.all(open.map(async (entry) => {
    const again = picked.find((each) => each.objectName === entry.objectName)
      ?? picked.find((each) => each.file.name === entry.name)
      ?? (picked.length === 1 && open.length === 1 ? picked[0] : null);
    const file = again?.file ?? (await entry.handle?.getFile().catch(() => null));
    return file ? { entry, file } : null;
  }));
  return found.filter((each) => each !== null);
}

const lockName = (/** @type {string} */ id) => `waybill-upload-${id}`;

/** One tab at a time sends an upload, where tabs can agree on that. @template T @param {string} id @param {() => Promise<T>} run @returns {Promise<T>} */
async function alone(id, run) {
  if (!globalThis.navigator?.locks) {
    return run();
  }
  return navigator.locks.request(lockName(id), { ifAvailable: true }, (lock) => {
    if (!lock) {
      throw new Error('this upload goes on in another tab');
    }
    return run();
  });
}

async function heldElsewhere() {
  const locks = await globalThis.navigator?.locks?.query();
  return new Set((locks?.held ?? []).map((lock) => lock.name));
}
