// @ts-check
/**
 * How far an upload is.
 * @typedef {object} Snapshot
 * @property {string} id
 * @property {string | null} taskId
 * @property {string} why there is no task yet; empty when nothing is wrong
 * @property {number} totalBytes
 * @property {number} sentBytes
 * @property {number} bytesPerSecond over the last seconds
 * @property {number | null} secondsLeft at that rate; null when nothing moves
 * @property {FileProgress[]} files
 */

/**
 * @typedef {object} FileProgress
 * @property {string} name
 * @property {string | null} sessionId
 * @property {number} size in bytes
 * @property {number} sentBytes of parts that are stored or under way
 * @property {string} state
 * @property {string} why it does not move; empty when it does
 * @property {number | null} again when it is tried again, in milliseconds since 1970
 */

const TOLD_MS = 250;
const WINDOW_MS = 5_000;

export class Progress {
  /** @type {{at: number, bytes: number}[]} */
  #samples = [];
  #isDue = false;

  /** @param {import('./upload.js').Upload} upload */
  constructor(upload) {
    this.upload = upload;
  }

  /** Bytes have moved: told soon, and not for each of them. */
  moved() {
    if (!this.#isDue) {
      this.#isDue = true;
      this.upload.time.after(TOLD_MS, () => this.told());
    }
  }

  /** Told now. */
  told() {
    this.#isDue = false;
    this.upload.tell('progress', this.snapshot());
  }

  /** @returns {Snapshot} */
  snapshot() {
    const { record, runs, why } = this.upload;
    const files = runs.map((run) => ({
      name: run.entry.objectName,
      sessionId: run.sessionId,
      size: run.entry.size,
      sentBytes: run.sentBytes,
      state: run.state,
      why: run.why,
      again: run.again,
    }));
    const sum = (/** @type {(file: FileProgress) => number} */ of) => files.reduce((all, file) => all + of(file), 0);
    const totalBytes = sum((file) => file.size);
    const sentBytes = sum((file) => file.sentBytes);
    const bytesPerSecond = this.#rate(sentBytes);
    return {
      id: record.id,
      taskId: record.taskId,
      why,
      totalBytes,
      sentBytes,
      bytesPerSecond,
      secondsLeft: bytesPerSecond > 0 ? (totalBytes - sentBytes) / bytesPerSecond : null,
      files,
    };
  }

  /** @param {number} bytes */
  #rate(bytes) {
    const at = this.upload.time.now();
    this.#samples = this.#samples.filter((sample) => at - sample.at <= WINDOW_MS);
    const first = this.#samples[0];
    this.#samples.push({ at, bytes });
    return first && at > first.at ? Math.max(0, ((bytes - first.bytes) * 1000) / (at - first.at)) : 0;
  }
}
