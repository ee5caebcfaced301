// @ts-check
import { hex } from './sha256.js';
import { Summing } from './sum.js';

/** A blob cannot be read now: its file was changed, moved or taken away. */
export class UnreadableError extends Error {}

/** Sums in a worker; on this thread where a page may have none. One for all files of an upload. */
export class Sums {
  #worker;
  #last = 0;
  /** @type {Map<number, {resolve: (sum: Uint8Array) => void, reject: (e: Error) => void}>} */
  #waiting = new Map();

  /** @param {() => Worker | null} [makeWorker] */
  constructor(makeWorker = ourWorker) {
    this.#worker = makeWorker();
    if (this.#worker) {
      this.#worker.onmessage = ({ data }) => this.#answered(data);
      this.#worker.onerror = () => this.#failed('the worker that sums files does not run');
    }
  }

  /**
   * Of one part, in base64, as storage wants it.
   * @param {import('./sum.js').Algorithm} algorithm
   * @param {Blob} blob
   * @returns {Promise<string>}
   */
  async ofPart(algorithm, blob) {
    const id = ++this.#last;
    const sum = this.#awaits(id);
    this.#send({ id, algorithm, blob, last: true });
    return btoa(String.fromCharCode(...(await sum)));
  }

  /** The SHA-256 of a file that is added slice by slice, in order. */
  ofWhole() {
    const id = ++this.#last;
    const sum = this.#awaits(id);
    sum.catch(() => {}); // whoever asks for it hears of it
    return {
      /** @param {Blob} blob */
      add: (blob) => this.#send({ id, algorithm: 'SHA256', blob, last: false }),
      end: async () => {
        this.#send({ id, algorithm: 'SHA256', blob: new Blob(), last: true });
        return hex(await sum);
      },
    };
  }

  close() {
    this.#worker?.terminate();
  }

  /** @type {Map<number, {sum: Summing, done: Promise<unknown>}>} */
  #here = new Map();

  /** @param {{id: number, algorithm: import('./sum.js').Algorithm, blob: Blob, last: boolean}} message */
  #send(message) {
    if (this.#worker) {
      this.#worker.postMessage(message);
      return;
    }
    const { id, algorithm, blob, last } = message;
    const mine = this.#here.get(id) ?? { sum: new Summing(algorithm), done: Promise.resolve() };
    this.#here.set(id, mine);
    mine.done = mine.done
      .then(() => mine.sum.add(blob))
      .then((sum) => last && this.#answered({ id, sum: sum.digest() }))
      .catch((e) => this.#answered({ id, error: String(e?.message ?? e) }));
  }

  /** @param {number} id @returns {Promise<Uint8Array>} */
  #awaits(id) {
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /** @param {{id: number, sum?: Uint8Array, error?: string}} answer */
  #answered({ id, sum, error }) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    this.#here.delete(id);
    sum ? waiting?.resolve(sum) : waiting?.reject(new UnreadableError(error));
  }

  /** @param {string} why */
  #failed(why) {
    this.#waiting.forEach(({ reject }) => reject(new Error(why)));
    this.#waiting.clear();
  }
}

/** A page of another origin may not start our worker; then its own thread sums. */
function ourWorker() {
  try {
    return new Worker(new URL('./sums-worker.js', import.meta.url), { type: 'module' });
  } catch {
    return null;
  }
}
