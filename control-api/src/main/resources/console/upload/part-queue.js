// @ts-check
/** Where every part of one file is: to be sent, under way, stored, acknowledged. Parts count from 1. */

/** What has gone wrong with one part so far, and when it may be tried again. */
class Trouble {
  failures = 0;
  forbidden = 0;
  misread = 0;
  notBefore = 0;
}

export class PartQueue {
  /** @type {Map<number, string | null>} ETags, null where only the server knows one */
  #stored = new Map();
  #acknowledged = new Set();
  #underWay = new Set();
  /** @type {Map<number, Trouble>} */
  #troubles = new Map();
  #lowest = 1;

  /**
   * @param {number} count
   * @param {number} partSize in bytes
   * @param {number} fileSize in bytes
   */
  constructor(count, partSize, fileSize) {
    this.count = count;
    this.partSize = partSize;
    this.fileSize = fileSize;
  }

  /** @param {number} part */
  from(part) {
    return (part - 1) * this.partSize;
  }

  /** @param {number} part */
  to(part) {
    return Math.min(part * this.partSize, this.fileSize);
  }

  /** @param {number} part */
  length(part) {
    return this.to(part) - this.from(part);
  }

  get storedCount() {
    return this.#stored.size;
  }

  get storedBytes() {
    const lastIsShort = this.#stored.has(this.count) ? this.partSize - this.length(this.count) : 0;
    return this.#stored.size * this.partSize - lastIsShort;
  }

  get allStored() {
    return this.#stored.size === this.count;
  }

  /** All parts below this one are stored. */
  get frontier() {
    while (this.#stored.has(this.#lowest)) {
      this.#lowest++;
    }
    return this.#lowest;
  }

  /**
   * The next parts that may be sent by now, lowest first.
   * @param {number} most
   * @param {number} now
   */
  next(most, now) {
    const parts = [];
    for (let part = this.frontier; part <= this.count && parts.length < most; part++) {
      const isIdle = !this.#stored.has(part) && !this.#underWay.has(part);
      if (isIdle && (this.#troubles.get(part)?.notBefore ?? 0) <= now) {
        parts.push(part);
      }
    }
    return parts;
  }

  /** When a part that waits for its time may go; infinite when none does. */
  nextTime() {
    const times = [...this.#troubles]
      .filter(([part]) => !this.#underWay.has(part))
      .map(([, trouble]) => trouble.notBefore);
    return Math.min(Infinity, ...times);
  }

  /** Whatever waits for its time may go now. */
  hurry() {
    this.#troubles.forEach((trouble) => (trouble.notBefore = 0));
  }

  /** @param {number} part */
  started(part) {
    this.#underWay.add(part);
  }

  /** @param {number} part that was not sent, for no fault of its own */
  putBack(part) {
    this.#underWay.delete(part);
  }

  /** @param {number} part @param {string | null} etag */
  stored(part, etag) {
    this.#underWay.delete(part);
    this.#troubles.delete(part);
    this.#stored.set(part, etag);
  }

  /** @param {number} part */
  failed(part) {
    this.#underWay.delete(part);
    const trouble = this.#troubles.get(part) ?? new Trouble();
    this.#troubles.set(part, trouble);
    trouble.failures++;
    return trouble;
  }

  /** @param {number[]} parts that storage does not have after all */
  lost(parts) {
    parts.forEach((part) => {
      this.#stored.delete(part);
      this.#acknowledged.delete(part);
    });
    this.#lowest = 1;
  }

  /** The server has compared its rows with storage: these are there. @param {number[]} found */
  reconciled(found) {
    this.#stored = new Map(found.map((part) => [part, this.#stored.get(part) ?? null]));
    this.#acknowledged = new Set(found);
    this.#troubles.clear();
    this.#lowest = 1;
  }

  /** Stored parts that the server has not been told of. @param {number} most */
  unacknowledged(most) {
    return [...this.#stored]
      .filter(([part, etag]) => etag !== null && !this.#acknowledged.has(part))
      .slice(0, most)
      .map(([part, etag]) => ({ part_number: part, etag, size_bytes: this.length(part) }));
  }

  /** @param {{part_number: number}[]} parts */
  acknowledged(parts) {
    parts.forEach((part) => this.#acknowledged.add(part.part_number));
  }
}
