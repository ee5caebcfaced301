// @ts-check
/**
 * The SHA-256 of a file, summed while it is sent: never far ahead of the parts, so that the disk is
 * read once for both.
 */
export class WholeSum {
  #sum;
  #to = 0;
  /** @type {Promise<string> | null} */
  #hex = null;

  /**
   * @param {import('./sums.js').Sums} sums
   * @param {Blob} file
   */
  constructor(sums, file) {
    this.#sum = sums.ofWhole();
    this.file = file;
  }

  /** The bytes up to here are being sent. @param {number} offset */
  upTo(offset) {
    if (offset > this.#to) {
      this.#sum.add(this.file.slice(this.#to, offset));
      this.#to = offset;
    }
  }

  /** Of all of it, in hex. */
  hex() {
    this.upTo(this.file.size);
    this.#hex ??= this.#sum.end();
    return this.#hex;
  }
}
