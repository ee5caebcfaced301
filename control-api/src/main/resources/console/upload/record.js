// @ts-check
import { randomId } from './random-id.js';

/**
 * What is remembered of an upload, from before its first request until it has ended: no URL, no key.
 * @typedef {object} UploadRecord
 * @property {string} id of this browser's own
 * @property {string | null} [owner] whose it is, in the words of the page
 * @property {string} projectId
 * @property {string | null} taskId null until the server has answered
 * @property {string} idempotencyKey the same request again makes no second task
 * @property {any} request
 * @property {number} begunAt milliseconds since 1970
 * @property {FileRecord[]} files
 */

/**
 * @typedef {import('./file-check.js').Seen & {
 *   objectName: string, handle: any, session: SessionRecord | null, objectId: string | null,
 *   state: string, why: string}} FileRecord `handle`: a File System Access handle, where there is one
 * @typedef {{id: string, partSize: number, partCount: number, checksumAlgorithm: string | null}} SessionRecord
 */

/**
 * @param {object} of
 * @param {string} of.projectId
 * @param {string | null} of.taskName
 * @param {Record<string, any>} of.metadata
 * @param {number | null} of.partSizeBytes
 * @param {(import('./file-check.js').Seen & {objectName: string, type: string, handle: any})[]} of.files
 * @returns {UploadRecord}
 */
export function newRecord({ projectId, taskName, metadata, partSizeBytes, files }) {
  return {
    id: randomId(),
    projectId,
    taskId: null,
    idempotencyKey: randomId(),
    begunAt: Date.now(),
    request: {
      task_name: taskName,
      task_initiator: 'web',
      metadata,
      objects: files.map((file) => ({
        object_name: file.objectName,
        file_size_bytes: file.size,
        content_type: file.type || null,
        part_size_bytes: partSizeBytes,
      })),
    },
    files: files.map(({ type, ...file }) => ({
      ...file, session: null, objectId: null, state: 'planned', why: '',
    })),
  };
}

/**
 * Of a task that was begun elsewhere: those of its files that are here.
 * @param {any} task as the API tells it
 * @param {{ object: any, seen: import('./file-check.js').Seen, handle: any }[]} files
 * @returns {UploadRecord}
 */
export function recordOf(task, files) {
  return {
    id: randomId(),
    projectId: task.project_id,
    taskId: task.task_id,
    idempotencyKey: randomId(),
    begunAt: Date.now(),
    request: { task_name: task.task_name },
    files: files.map(({ object, seen, handle }) => ({
      ...seen, handle, objectName: object.object_name, objectId: object.object_id, session: sessionOf(object),
      state: 'planned', why: '',
    })),
  };
}

/** @param {any} object as the API answers it @returns {SessionRecord} */
export function sessionOf(object) {
  return {
    id: object.session_id,
    partSize: object.part_size_bytes,
    partCount: object.part_count,
    checksumAlgorithm: object.checksum_algorithm,
  };
}

/** Whether nothing more is to be done for a file. @param {{state: string}} file */
export function isOver({ state }) {
  return ['done', 'refused', 'changed', 'aborted'].includes(state);
}
