// @ts-check
/** What takes a file off its way. Each says why, for the person who watches. */

/** The session is not what we thought: it is looked at, and the parts are counted. */
export class Doubt extends Error {}

/** Nothing of this file goes for a while, whatever else happens. */
export class Halt extends Error {
  /** @param {string} why @param {number} ms */
  constructor(why, ms) {
    super(why);
    this.ms = ms;
  }
}

/** The file has ended: `done`, `refused`, `changed`, `aborted`, or `absent` until it is picked again. */
export class Over extends Error {
  /** @param {'done' | 'refused' | 'changed' | 'aborted' | 'absent'} state @param {string} why */
  constructor(state, why) {
    super(why);
    this.state = state;
  }
}
