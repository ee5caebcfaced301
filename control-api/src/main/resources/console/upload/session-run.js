// @ts-check
import { Acks } from './acks.js';
import { Life } from './life.js';
import { PartQueue } from './part-queue.js';
import { PartSender } from './part-sender.js';
import { isAlgorithm } from './sum.js';
import { Over } from './turns-of-events.js';
import { UrlStock } from './url-stock.js';
import { WholeSum } from './whole-sum.js';

/** One storage session of one file: what goes with it, and ends with it. */
export class SessionRun {
  /**
   * @param {import('./file-run.js').FileRun} run
   * @param {import('./record.js').SessionRecord} session
   */
  constructor(run, session) {
    const { time, talk, sums, settings } = run.upload;
    this.run = run;
    this.id = session.id;
    this.algorithm = session.checksumAlgorithm;
    this.queue = new PartQueue(session.partCount, session.partSize, run.entry.size);
    this.sender = new PartSender(this);
    this.whole = this.algorithm || !settings.sumFiles ? null : new WholeSum(sums, run.file);
    this.life = new Life(time, (seconds) => talk.extend(this.id, seconds));
    this.acks = new Acks({
      queue: this.queue,
      time,
      acknowledge: (parts) => talk.acknowledge(this.id, parts),
      onRefused: (e) => run.interrupt(e),
    });
    this.urls = new UrlStock({
      queue: this.queue,
      time,
      connections: settings.connections,
      sumsFirst: this.algorithm !== null,
      presign: (parts) => this.#presign(parts),
      onRefused: (e) => run.interrupt(e),
    });
  }

  /** @param {number} part @param {string | null} etag */
  stored(part, etag) {
    this.queue.stored(part, etag);
    this.urls.partStored();
    if (etag !== null) {
      this.acks.partStored();
    }
    this.#sumWhatIsSent();
    this.run.partStored();
    this.life.extendWhenDue().then((why) => why && this.run.warn(`more time was refused: ${why}`));
  }

  /** The server has asked storage what it has. @param {number[]} parts */
  reconciled(parts) {
    this.queue.reconciled(parts);
    this.#sumWhatIsSent();
  }

  get sentBytes() {
    return this.queue.storedBytes + this.sender.sentBytes;
  }

  #sumWhatIsSent() {
    this.whole?.upTo(this.queue.to(this.queue.frontier - 1));
  }

  /** @param {number[]} parts */
  async #presign(parts) {
    const checksums = this.algorithm ? await this.#sumsOf(parts, this.algorithm) : null;
    return this.run.ask(() => this.run.upload.talk.presign(this.id, parts, checksums));
  }

  /** @param {number[]} parts @param {string} algorithm */
  async #sumsOf(parts, algorithm) {
    if (!isAlgorithm(algorithm)) {
      throw new Over('refused', `the server wants the ${algorithm} of every part; this page cannot make it`);
    }
    const known = /** @type {import('./sum.js').Algorithm} */ (algorithm);
    const sums = await Promise.all(parts.map((part) =>
      this.run.upload.sums.ofPart(known, this.run.file.slice(this.queue.from(part), this.queue.to(part)))));
    return Object.fromEntries(parts.map((part, n) => [part, sums[n]]));
  }
}
