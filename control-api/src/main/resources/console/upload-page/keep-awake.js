// While something is sent, the machine does not fall asleep and the tab is not closed by mistake.

let lock = null;
let isWanted = false;

/** @param {boolean} wanted */
export function keepAwake(wanted) {
  if (wanted === isWanted) {
    return;
  }
  isWanted = wanted;
  window[wanted ? 'addEventListener' : 'removeEventListener']('beforeunload', ask);
  follow();
}

/** The browser asks in its own words. */
function ask(event) {
  event.preventDefault();
  event.returnValue = '';
}

/** A lock is lost whenever the tab is hidden. */
async function follow() {
  if (!isWanted || document.hidden) {
    await lock?.release();
    lock = null;
  } else if (!lock || lock.released) {
    // a battery that is low, or a browser without locks: then the machine may fall asleep, and it goes on after that
    lock = await navigator.wakeLock?.request('screen').catch(() => null) ?? null;
  }
}

document.addEventListener('visibilitychange', follow);
