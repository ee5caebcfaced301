// @ts-check
/** The two CRCs that storage can check parts with. Both are mirrored, as S3 wants them. */

const CASTAGNOLI = 0x82f63b78;
const NVME_HIGH = 0x9a6c9329;
const NVME_LOW = 0xac4bc9b5;

/** Row n says what a byte does to the sum when n others follow it: four bytes go at a time. */
const CRC32C = [0, 1, 2, 3].map(() => new Int32Array(256));
const NVME = { high: new Int32Array(256), low: new Int32Array(256) };

for (let value = 0; value < 256; value++) {
  let crc = value;
  let high = 0;
  let low = value;
  for (let bit = 0; bit < 8; bit++) {
    crc = crc & 1 ? (crc >>> 1) ^ CASTAGNOLI : crc >>> 1;
    const isOdd = low & 1;
    low = (low >>> 1) | (high << 31);
    high = high >>> 1;
    if (isOdd) {
      low ^= NVME_LOW;
      high ^= NVME_HIGH;
    }
  }
  CRC32C[0][value] = crc;
  NVME.high[value] = high;
  NVME.low[value] = low;
}
for (let row = 1; row < 4; row++) {
  for (let value = 0; value < 256; value++) {
    const before = CRC32C[row - 1][value];
    CRC32C[row][value] = (before >>> 8) ^ CRC32C[0][before & 255];
  }
}

export class Crc32c {
  #crc = -1;

  /** @param {Uint8Array} bytes */
  update(bytes) {
    const [one, two, three, four] = CRC32C;
    let crc = this.#crc;
    let at = 0;
    for (const end = bytes.length - 3; at < end; at += 4) {
      crc ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
      crc = four[crc & 255] ^ three[(crc >>> 8) & 255] ^ two[(crc >>> 16) & 255] ^ one[crc >>> 24];
    }
    for (; at < bytes.length; at++) {
      crc = (crc >>> 8) ^ one[(crc ^ bytes[at]) & 255];
    }
    this.#crc = crc;
    return this;
  }

  digest() {
    const sum = new DataView(new ArrayBuffer(4));
    sum.setUint32(0, ~this.#crc);
    return new Uint8Array(sum.buffer);
  }
}

export class Crc64Nvme {
  #high = -1;
  #low = -1;

  /** @param {Uint8Array} bytes */
  update(bytes) {
    let high = this.#high;
    let low = this.#low;
    for (let at = 0; at < bytes.length; at++) {
      const row = (low ^ bytes[at]) & 255;
      low = ((low >>> 8) | (high << 24)) ^ NVME.low[row];
      high = (high >>> 8) ^ NVME.high[row];
    }
    this.#high = high;
    this.#low = low;
    return this;
  }

  digest() {
    const sum = new DataView(new ArrayBuffer(8));
    sum.setUint32(0, ~this.#high);
    sum.setUint32(4, ~this.#low);
    return new Uint8Array(sum.buffer);
  }
}
