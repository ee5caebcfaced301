// @ts-check
import { Crc32c, Crc64Nvme } from './crc.js';
import { Sha256 } from './sha256.js';

/** What an upload may have to sum. @typedef {'CRC32C' | 'CRC64NVME' | 'SHA256'} Algorithm */

const ALGORITHMS = { CRC32C: Crc32c, CRC64NVME: Crc64Nvme, SHA256: Sha256 };
const PIECE = 1 << 20;

/** @param {string} name */
export function isAlgorithm(name) {
  return Object.hasOwn(ALGORITHMS, name);
}

/** A sum of blobs, one after the other, of which a MiB at a time is in memory. */
export class Summing {
  #sum;

  /** @param {Algorithm} algorithm */
  constructor(algorithm) {
    this.#sum = new ALGORITHMS[algorithm]();
  }

  /** @param {Blob} blob fails with the browser's own error where it cannot be read */
  async add(blob) {
    for (let at = 0; at < blob.size; at += PIECE) {
      this.#sum.update(new Uint8Array(await blob.slice(at, at + PIECE).arrayBuffer()));
    }
    return this;
  }

  /** The bytes of the sum; nothing may follow. */
  digest() {
    return this.#sum.digest();
  }
}
