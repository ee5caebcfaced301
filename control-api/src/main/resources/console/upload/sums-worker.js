// @ts-check
import { Summing } from './sum.js';

/**
 * Sums blobs off the page's thread. A message is a blob of a sum that goes by `id`; its `last` one
 * is answered with the sum, and what cannot be read with the reason.
 */

/** @type {Map<number, Summing>} */
const sums = new Map();
let before = Promise.resolve();

self.onmessage = ({ data }) => {
  before = before.then(() => add(data));
};

/** @param {{id: number, algorithm: import('./sum.js').Algorithm, blob: Blob, last: boolean}} message */
async function add({ id, algorithm, blob, last }) {
  try {
    const sum = sums.get(id) ?? new Summing(algorithm);
    sums.set(id, sum);
    await sum.add(blob);
    if (last) {
      sums.delete(id);
      self.postMessage({ id, sum: sum.digest() });
    }
  } catch (e) {
    sums.delete(id);
    self.postMessage({ id, error: String(e instanceof Error ? e.message : e) });
  }
}
