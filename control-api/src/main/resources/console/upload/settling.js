// @ts-check
import { sessionOf } from './record.js';
import { conclude } from './session.js';
import { Doubt, Halt, Over } from './turns-of-events.js';

const PAUSED_LOOK_MS = 5_000;
const SHORTLY_MS = 2_000;
const MOST_MS = 30_000;
const MOST_RESTARTS = 5;

/** Finds out what the session of a file is, and returns when its parts may go. */
export class Settling {
  #restarts = 0;
  #mayRevive = true;

  /** @param {import('./file-run.js').FileRun} run */
  constructor(run) {
    this.run = run;
  }

  /** A part was stored: another expiry is another one. */
  partStored() {
    this.#mayRevive = true;
  }

  async settle() {
    const { run } = this;
    const { talk } = run.upload;
    while (run.isOpen()) {
      const session = run.current();
      await run.upload.released();
      const told = await run.ask(() => talk.session(session.id));
      run.looked(told);
      const { then, why } = conclude(told);
      switch (then) {
        case 'sends':
          await session.sender.idle();
          session.reconciled(await run.ask(() => talk.storedParts(session.id)));
          return;
        case 'paused':
          await this.#endPutsIfAsked(session);
          await this.#stand('paused', why, PAUSED_LOOK_MS);
          break;
        case 'soon':
          await this.#stand('waiting', why, SHORTLY_MS);
          break;
        case 'revive':
          await session.sender.idle();
          await this.#revive(session.life, why);
          break;
        case 'renew':
          await session.sender.idle();
          await this.#renew(why);
          break;
        default:
          throw new Over(then, why); // which ends what is under way
      }
    }
    throw new Doubt('');
  }

  /** Whoever paused it may want what is under way to end, too. @param {import('./session-run.js').SessionRun} session */
  async #endPutsIfAsked({ id, sender }) {
    if (sender.count > 0 && (await this.run.upload.talk.pauseEndsPuts(id).catch(() => false))) {
      sender.cancel();
    }
  }

  /** @param {string} state @param {string} why @param {number} ms */
  async #stand(state, why, ms) {
    this.run.became(state, why, state === 'paused' ? null : ms);
    await this.run.alarm.wait(ms);
  }

  /** While cleanup has not begun, an expired session lives on with all its parts. @param {import('./life.js').Life} life @param {string} why */
  async #revive(life, why) {
    const mayRevive = this.#mayRevive;
    this.#mayRevive = false;
    if (!mayRevive || !(await this.run.ask(() => life.revive()).then(() => true, () => false))) {
      await this.#renew(why);
    }
  }

  /** The session is gone: its object gets another one. @param {string} why */
  async #renew(why) {
    const { run } = this;
    if (++this.#restarts > MOST_RESTARTS) {
      this.#restarts = 0;
      throw new Halt(`${why}, again and again`, MOST_MS);
    }
    const { talk, record } = run.upload;
    const { objectId } = run.entry;
    const key = `${record.idempotencyKey}-${run.current().id}`;
    const object = await run.ask(() =>
      talk.retryObject(record.projectId, record.taskId ?? '', objectId ?? '', key));
    run.opened(sessionOf(object), object);
    await run.upload.remember();
    run.warn(`${why}: it starts over`);
  }
}
