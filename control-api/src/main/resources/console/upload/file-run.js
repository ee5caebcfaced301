// @ts-check
import { difference } from './file-check.js';
import { patiently } from './patience.js';
import { isOver } from './record.js';
import { finality, inWords, partNumbers } from './session.js';
import { Sending } from './sending.js';
import { SessionRun } from './session-run.js';
import { Settling } from './settling.js';
import { UnreadableError } from './sums.js';
import { Alarm } from './time.js';
import { Doubt, Halt, Over } from './turns-of-events.js';

const SHORTLY_MS = 2_000;
const MOST_MS = 30_000;

/**
 * One file on its way: it is looked what its session is, its parts are sent, the server completes
 * it; and once more from the beginning when anything was not as thought.
 */
export class FileRun {
  /** @type {SessionRun | null} */
  #session = null;
  /** `planned`, `checking`, `sending`, `waiting`, `paused`, `completing`, or how it has ended. */
  state = 'planned';
  why = '';
  /** @type {number | null} when it is tried again, in milliseconds since 1970 */
  again = null;
  /** Whether nothing can have happened to the session since it was made. */
  #isNew = false;
  #doubts = 0;

  /**
   * @param {import('./record.js').FileRecord} entry
   * @param {File | null} file null while it waits to be picked
   * @param {import('./upload.js').Upload} upload
   */
  constructor(entry, file, upload) {
    this.entry = entry;
    this.file = file ?? new File([], entry.name);
    this.upload = upload;
    this.alarm = new Alarm(upload.time);
    this.settling = new Settling(this);
    this.sending = new Sending(this);
    if (isOver(entry) || !file) {
      this.state = isOver(entry) ? entry.state : 'absent';
      this.why = entry.why;
    } else if (entry.session) {
      this.#session = new SessionRun(this, entry.session);
    }
  }

  /** Whether there is something left to do here. */
  isOpen() {
    return !isOver(this) && this.state !== 'absent';
  }

  /** Whether parts may be started. */
  get sends() {
    return this.sending.isOn;
  }

  get sessionId() {
    return this.entry.session?.id ?? null;
  }

  get sentBytes() {
    return this.state === 'done' ? this.entry.size : this.#session?.sentBytes ?? 0;
  }

  /** What its parts go by now. */
  current() {
    if (!this.#session) {
      throw new Over('refused', 'the server made the task without it');
    }
    return this.#session;
  }

  /**
   * The server has made a session.
   * @param {import('./record.js').SessionRecord} session
   * @param {any} object as the API answered it, with the first URLs
   * @param {boolean} [isNew] whether nothing can have been sent in it yet
   */
  opened(session, object, isNew = false) {
    Object.assign(this.entry, { session, objectId: object.object_id });
    this.#session = new SessionRun(this, session);
    this.looked(object);
    if (object.presigned) {
      this.#session.urls.add(object.presigned);
    }
    this.#isNew = isNew && ['PENDING', 'UPLOADING'].includes(object.status) && !object.instant;
  }

  /** To its end; never fails. */
  async walk() {
    while (this.isOpen()) {
      try {
        await this.#settled();
        await this.upload.turns.take(() => this.sending.all());
        await this.#complete();
      } catch (e) {
        await this.#overcome(e);
      }
    }
    await this.#session?.sender.idle();
  }

  /** Stops what it does, for this reason. @param {unknown} why */
  interrupt(why) {
    this.sending.interrupt(why);
    this.alarm.ring();
  }

  /** Ends the PUTs under way. */
  cancelPuts() {
    this.#session?.sender.cancel();
  }

  /** Whatever waits for its time goes on now. */
  hurry() {
    this.#session?.queue.hurry();
    this.sending.looked(true);
    this.alarm.ring();
  }

  /** A part was stored: what was wrong before is over. */
  partStored() {
    this.#doubts = 0;
    this.settling.partStored();
    this.upload.storage.works();
    this.upload.moved();
    if (this.sends && this.state === 'waiting') {
      this.became('sending');
    }
  }

  /** The server has told how long the session lives. @param {{expires_in_seconds: number}} told */
  looked(told) {
    this.sending.looked();
    this.#session?.life.known(told.expires_in_seconds);
  }

  /** @param {string} state @param {string} [why] @param {number | null} [ms] until it is tried again */
  became(state, why = '', ms = null) {
    if (this.isOpen() && (this.state !== state || this.why !== why)) {
      this.state = state;
      this.why = why;
      this.again = ms === null ? null : Date.now() + ms;
      this.upload.changed(this);
    }
  }

  /** @param {string} what that does not stop it */
  warn(what) {
    this.upload.tell('warning', { file: this.entry.objectName, why: what });
  }

  /** Asks the API until there is an answer, or it has ended. @template T @param {() => Promise<T>} question @returns {Promise<T>} */
  async ask(question) {
    const before = this.state;
    const { random } = this.upload;
    const answer = await patiently(question, { random, wait: async (why, ms) => {
      this.became('waiting', why, ms);
      await this.alarm.wait(ms);
      if (!this.isOpen()) {
        throw new Doubt('');
      }
    } });
    if (this.state === 'waiting' && before !== 'waiting') {
      this.became(before);
    }
    return answer;
  }

  /** @param {string} state @param {string} why */
  end(state, why) {
    if (this.isOpen()) {
      Object.assign(this.entry, state === 'absent' ? { why } : { state, why });
      this.became(state, why);
      this.interrupt(new Doubt(''));
      this.cancelPuts();
    }
  }

  /** Returns when parts may go. */
  async #settled() {
    if (this.#isNew) {
      this.#isNew = false;
      return;
    }
    this.sending.begins();
    await this.settling.settle();
  }

  async #complete() {
    const { id, sender, acks, whole } = this.current();
    this.became('completing');
    await sender.idle();
    this.sending.heedInterruption();
    const changed = await difference(this.entry, this.file).catch((e) => {
      throw new UnreadableError(e.message);
    });
    if (changed) {
      throw new Over('changed', changed);
    }
    await acks.leaveRest();
    const sha256 = whole ? await whole.hex() : null;
    await this.ask(() => this.upload.talk.complete(id, sha256));
    throw new Over('done', '');
  }

  /** @param {unknown} e what took it off its way */
  async #overcome(e) {
    const error = /** @type {import('./session.js').ApiError} */ (e);
    const doubts = e instanceof Doubt || (error.code && ['in-doubt', 'parts-lost'].includes(finality(error)));
    if (e instanceof Over) {
      this.end(e.state, e.message);
    } else if (e instanceof UnreadableError) {
      this.end('absent', e.message);
    } else if (e instanceof Halt) {
      this.became('waiting', e.message, e.ms);
      await this.alarm.wait(e.ms);
    } else if (doubts) {
      this.#session?.queue.lost(partNumbers(error));
      await this.#doubt(error.message);
    } else {
      this.end('refused', error.code ? inWords(error) : `a defect of this page: ${error.message}`);
    }
  }

  /** The first look is at once; when looking does not settle it, ever later. @param {string} why empty when it is no trouble */
  async #doubt(why) {
    const isAgain = why && ++this.#doubts > 1;
    const ms = Math.min(SHORTLY_MS * this.#doubts, MOST_MS);
    this.became(isAgain ? 'waiting' : 'checking', why, isAgain ? ms : null);
    if (isAgain) {
      await this.alarm.wait(ms);
    }
  }
}
