// @ts-check
import { conclude } from './session.js';
import { Doubt } from './turns-of-events.js';

/** How often it is looked whether the session still is what we think. */
const LOOK_MS = 20_000;

/** The sending of one file's parts, until all are stored or something takes it off its way. */
export class Sending {
  #isOn = false;
  #lookedAt = 0;
  /** @type {unknown} */
  #interruption = null;

  /** @param {import('./file-run.js').FileRun} run */
  constructor(run) {
    this.run = run;
  }

  /** Whether parts may be started. */
  get isOn() {
    return this.#isOn && !this.#interruption && !this.run.upload.held;
  }

  /** @param {unknown} why it stops */
  interrupt(why) {
    this.#interruption ??= why;
  }

  /** Whatever interrupted it is over. */
  begins() {
    this.#interruption = null;
  }

  /** It was looked now; or is to be looked as soon as can be. @param {boolean} [soon] */
  looked(soon = false) {
    this.#lookedAt = soon ? -LOOK_MS : this.run.upload.time.now();
  }

  async all() {
    this.#isOn = true;
    this.run.became('sending');
    try {
      while (!this.run.current().queue.allStored) {
        this.heedInterruption();
        this.#lookAround();
        await this.#next();
      }
    } finally {
      this.#isOn = false;
    }
  }

  /** Fails with what has interrupted it, or when a person holds the upload. */
  heedInterruption() {
    const interruption = this.#interruption ?? (this.run.upload.held ? new Doubt('') : null);
    this.#interruption = null;
    if (interruption) {
      throw interruption;
    }
  }

  /** Starts a part, or waits until something has changed. */
  async #next() {
    const { queue, sender } = this.run.current();
    const { time, settings } = this.run.upload;
    const isFull = sender.count >= settings.connections;
    const [part] = queue.next(1, time.now());
    if (part && !isFull) {
      sender.start(part);
      return;
    }
    const ms = isFull ? LOOK_MS : queue.nextTime() - time.now();
    if (sender.count === 0 && sender.reason) {
      this.run.became('waiting', sender.reason, ms);
    }
    await this.run.alarm.wait(Math.min(ms, LOOK_MS));
  }

  /** From time to time: is the session still what we think? */
  #lookAround() {
    const { time, talk } = this.run.upload;
    if (time.now() - this.#lookedAt < LOOK_MS) {
      return;
    }
    this.#lookedAt = time.now();
    talk.session(this.run.current().id).then(
      (told) => {
        this.run.looked(told);
        if (conclude(told).then !== 'sends') {
          this.run.interrupt(new Doubt(''));
        }
      },
      () => {}, // whatever is wrong shows where it is needed
    );
  }
}
