// @ts-check
/**
 * SHA-256, a piece at a time (FIPS 180-4). WebCrypto sums only what is in memory as a whole, and
 * only on pages that came over https or from this machine.
 */

const ROUNDS = new Int32Array(64);
const START = new Int32Array(8);

/** The first 32 bits of the fraction. */
const fraction = (/** @type {number} */ x) => ((x - Math.floor(x)) * 2 ** 32) | 0;

for (let n = 2, found = 0; found < 64; n++) {
  let isPrime = true;
  for (let by = 2; by * by <= n && isPrime; by++) {
    isPrime = n % by !== 0;
  }
  if (isPrime) {
    if (found < 8) {
      START[found] = fraction(Math.sqrt(n));
    }
    ROUNDS[found++] = fraction(Math.cbrt(n));
  }
}

const BLOCK = 64;

export class Sha256 {
  #state = START.slice();
  #words = new Int32Array(64);
  #rest = new Uint8Array(BLOCK);
  #restLength = 0;
  #bytes = 0;

  /** @param {Uint8Array} bytes */
  update(bytes) {
    this.#bytes += bytes.length;
    let at = 0;
    if (this.#restLength > 0) {
      at = Math.min(BLOCK - this.#restLength, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#restLength);
      this.#restLength += at;
      if (this.#restLength < BLOCK) {
        return this;
      }
      this.#blocks(this.#rest, 0, BLOCK);
      this.#restLength = 0;
    }
    const end = at + Math.floor((bytes.length - at) / BLOCK) * BLOCK;
    this.#blocks(bytes, at, end);
    this.#rest.set(bytes.subarray(end));
    this.#restLength = bytes.length - end;
    return this;
  }

  /** The sum of everything so far; nothing may follow. */
  digest() {
    const bits = this.#bytes * 8;
    const padding = new Uint8Array(((this.#restLength < 56 ? 56 : 120) - this.#restLength) + 8);
    padding[0] = 0x80;
    const end = new DataView(padding.buffer);
    end.setUint32(padding.length - 8, Math.floor(bits / 2 ** 32));
    end.setUint32(padding.length - 4, bits >>> 0);
    this.update(padding);
    const sum = new DataView(new ArrayBuffer(32));
    this.#state.forEach((word, n) => sum.setUint32(4 * n, word));
    return new Uint8Array(sum.buffer);
  }

  /**
   * @param {Uint8Array} bytes
   * @param {number} from
   * @param {number} to of whole blocks
   */
  #blocks(bytes, from, to) {
    const w = this.#words;
    const s = this.#state;
    for (let block = from; block < to; block += BLOCK) {
      for (let n = 0, at = block; n < 16; n++, at += 4) {
        w[n] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
      }
      for (let n = 16; n < 64; n++) {
        const a = w[n - 15];
        const b = w[n - 2];
        const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3);
        const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10);
        w[n] = (w[n - 16] + s0 + w[n - 7] + s1) | 0;
      }
      let a = s[0], b = s[1], c = s[2], d = s[3];
      let e = s[4], f = s[5], g = s[6], h = s[7];
      for (let n = 0; n < 64; n++) {
        const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
        const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[n] + w[n]) | 0;
        const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
        const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g; g = f; f = e; e = (d + t1) | 0;
        d = c; c = b; b = a; a = (t1 + t2) | 0;
      }
      s[0] += a; s[1] += b; s[2] += c; s[3] += d;
      s[4] += e; s[5] += f; s[6] += g; s[7] += h;
    }
  }
}

/** @param {Uint8Array} bytes */
export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
