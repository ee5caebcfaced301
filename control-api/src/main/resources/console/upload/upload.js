// @ts-check
import { StorageDoubt } from './cors.js';
import { Events } from './events.js';
import { FileRun } from './file-run.js';
import { patiently } from './patience.js';
import { Progress } from './progress.js';
import { isOver, sessionOf } from './record.js';
import { inWords } from './session.js';
import { talk } from './talk.js';
import { Alarm, Turns } from './time.js';
import { Doubt } from './turns-of-events.js';

/** How many URLs one create may bring. */
const MOST_FIRST_URLS = 100;

/**
 * What an upload needs besides its files; tests bring their own.
 * @typedef {object} Parts
 * @property {import('./talk.js').Api} api
 * @property {import('./memory.js').Memory} memory
 * @property {import('./sums.js').Sums} sums
 * @property {typeof import('./put.js').put} put
 * @property {import('./time.js').Time} time
 * @property {() => number} random
 * @property {(endpoint: string) => Promise<boolean>} isReached whether storage answers at all
 * @property {string} origin of this page
 * @property {{connections: number, sumFiles: boolean}} settings
 */

/** One task on its way: its files, what they share, and what a person does to all of them. */
export class Upload {
  #events = new Events();
  #isCancelled = false;
  #isLeft = false;
  /** Whether a person holds it here, until the server knows. */
  held = false;
  /** Why there is no task yet; empty when nothing is wrong. */
  why = '';

  /**
   * @param {import('./record.js').UploadRecord} record
   * @param {Map<string, File>} files by object name; what is missing waits to be picked
   * @param {Parts} parts
   * @param {boolean} isNew whether it begins here and now
   */
  constructor(record, files, parts, isNew) {
    this.isNew = isNew;
    this.record = record;
    this.memory = parts.memory;
    this.put = parts.put;
    this.sums = parts.sums;
    this.time = parts.time;
    this.random = parts.random;
    this.settings = parts.settings;
    this.talk = talk(parts.api);
    this.storage = new StorageDoubt(this.talk, parts);
    this.connections = new Turns(parts.settings.connections);
    this.turns = new Turns(2 * parts.settings.connections);
    this.alarm = new Alarm(parts.time);
    this.runs = record.files.map(
      (entry) => new FileRun(entry, files.get(entry.objectName) ?? null, this));
    this.progress = new Progress(this);
  }

  /**
   * `progress`: a snapshot, a few times in a second while bytes move. `state`: a file's new state.
   * `warning`: what does not stop it. `end`: a snapshot.
   * @param {'progress' | 'state' | 'warning' | 'end'} event
   * @param {(what: any) => void} listener
   * @returns {() => void} ends the listening
   */
  on(event, listener) {
    return this.#events.on(event, listener);
  }

  /** @param {string} event @param {any} what */
  tell(event, what) {
    this.#events.tell(event, what);
  }

  /** How far it is. */
  snapshot() {
    return this.progress.snapshot();
  }

  /** Does all of it, and returns when every file has ended or waits to be picked. */
  async run() {
    try {
      await this.remember();
      if (await this.#hasTask()) {
        await Promise.all(this.runs.map((run) => run.walk()));
      }
    } finally {
      this.sums.close();
    }
    await this.#endOrKeep();
    this.tell('end', this.snapshot());
    return this.snapshot();
  }

  // What a person does

  /**
   * For everybody: the server issues no URLs until it is resumed, here or elsewhere. PUTs under way
   * finish, or end at once.
   * @param {{cancelInFlight?: boolean, reason?: string}} [how]
   */
  async pause({ cancelInFlight = false, reason = 'paused in the browser' } = {}) {
    this.held = true;
    this.runs.forEach((run) => {
      run.interrupt(new Doubt(''));
      if (cancelInFlight) {
        run.cancelPuts();
      }
    });
    await this.#move('pause', reason, cancelInFlight ? this.runs.filter((run) => run.isOpen()) : []);
  }

  async resume(reason = 'resumed in the browser') {
    await this.#move('resume', reason);
    this.hurry();
  }

  /** Gives it up: storage drops the parts of what is not complete, and nothing of it is remembered. */
  async cancel(reason = 'cancelled in the browser') {
    this.held = true;
    this.#isCancelled = true;
    this.runs.forEach((run) => run.end('aborted', reason));
    this.alarm.ring();
    await this.#move('cancel', reason);
    await this.memory.forget(this.record.id);
  }

  /**
   * Sends nothing more from here, and tells the server nothing: it waits, as after a reload, until it is resumed.
   * @param {string} why
   */
  leave(why) {
    this.#isLeft = true;
    this.held = false;
    this.runs.forEach((run) => run.end('absent', why));
    this.alarm.ring();
  }

  /** The network is back, somebody has signed in again, the laptop woke up: nothing waits for its time. */
  hurry() {
    this.alarm.ring();
    this.runs.forEach((run) => run.hurry());
  }

  /** Something was heard of one of our sessions, from a live stream: it is looked at. @param {string} sessionId */
  heardOf(sessionId) {
    const run = this.runs.find((each) => each.sessionId === sessionId);
    run?.hurry();
  }

  /** @param {'pause' | 'resume' | 'cancel'} what @param {string} reason @param {FileRun[]} [atOnce] whose PUTs end elsewhere, too */
  async #move(what, reason, atOnce = []) {
    const { projectId, taskId } = this.record;
    try {
      if (taskId) {
        await Promise.all(atOnce.map(({ sessionId }) =>
          sessionId && this.talk.pauseAtOnce(sessionId, reason).catch(() => {}))); // the task's pause says what is wrong
        await this.#ask(() => this.talk.moveTask(projectId, taskId, what, reason));
      }
    } finally {
      this.held = false;
      this.hurry();
    }
  }

  /** Returns when nobody holds it. */
  async released() {
    while (this.held) {
      await this.alarm.wait();
    }
  }

  // What its files tell

  /** @param {FileRun} run */
  changed(run) {
    const { state, why, again } = run;
    this.tell('state', { file: run.entry.objectName, state, why, again });
    this.progress.moved(); // not for each: a hundred small files have hundreds of states in a second
    if (!run.isOpen()) {
      this.remember();
    }
  }

  moved() {
    this.progress.moved();
  }

  /** Written down; never fails. */
  async remember() {
    await this.memory.save(this.record);
  }

  /** What a person may still want to go on with is kept. */
  async #endOrKeep() {
    if (this.runs.every((run) => isOver(run))) {
      await this.memory.forget(this.record.id);
    }
  }

  /** Has the server make the task, once: the same key again is the same task. */
  async #hasTask() {
    const { projectId, request, idempotencyKey } = this.record;
    if (this.record.taskId) {
      return true;
    }
    try {
      const body = { ...request, presign: { first: this.#firstUrls() } };
      this.#opened(await this.#ask(() => this.talk.createTask(projectId, body, idempotencyKey)));
    } catch (e) {
      const error = /** @type {any} */ (e);
      this.runs.forEach((run) => run.end('refused', error.code ? inWords(error) : error.message));
      return false;
    }
    if (this.#isCancelled) {
      await this.cancel(); // which came before there was a task
    } else {
      await this.remember();
    }
    return true;
  }

  #firstUrls() {
    const { connections } = this.settings;
    return Math.max(1, Math.min(2 * connections, Math.floor(MOST_FIRST_URLS / this.runs.length)));
  }

  /** @param {any} task */
  #opened(task) {
    this.record.taskId = task.task_id;
    this.runs.forEach((run, n) => {
      const object = task.objects[n];
      if (object) {
        run.opened(sessionOf(object), object, this.isNew);
      }
      if (object?.status === 'FAILED') {
        run.end('refused', object.last_error?.message ?? 'storage refused it');
      }
    });
    this.progress.told();
  }

  /** Asks the API until there is an answer. @template T @param {() => Promise<T>} question */
  async #ask(question) {
    const { random } = this;
    const answer = await patiently(question, { random, wait: async (why, ms) => {
      this.why = why;
      this.progress.told();
      await this.alarm.wait(ms);
      if (this.#isLeft) {
        throw new Error('nobody asks any more');
      }
    } });
    this.why = '';
    return answer;
  }
}
