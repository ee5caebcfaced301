// One stream of what happens in the chosen project; pages follow it and ask the API for what is true now.
import * as api from './api.js';
import { useEffect, useRef } from './html.js';
import { session } from './session.js';
import { store } from './store.js';

/** `off` while no page listens or nobody sees this tab, `connecting`, `live`, or `lost` between two tries. */
export const connection = store('off');

const LONGEST_WAIT_MS = 30_000;
const listeners = new Set();
let running = null;

/**
 * Calls back for each event: a CloudEvent (`type`, `subject`, `time`, `data`). The type `reset` means that some may have
 * been missed: whoever keeps a picture reads it again.
 */
export function useLive(onEvent) {
  const latest = useRef(onEvent);
  latest.current = onEvent;
  useEffect(() => {
    const listener = (event) => latest.current(event);
    listeners.add(listener);
    follow();
    return () => {
      listeners.delete(listener);
      // the next page listens in a moment
      setTimeout(() => listeners.size === 0 && stop(), 1000);
    };
  }, []);
}

/** Calls back at most once in so many seconds, however much happens. */
export function useNews(seconds, matters, act) {
  const timer = useRef(null);
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => () => clearTimeout(timer.current), []);
  useLive((event) => {
    if ((event.type === 'reset' || matters(event)) && timer.current === null) {
      timer.current = setTimeout(() => {
        timer.current = null;
        latest.current();
      }, seconds * 1000);
    }
  });
}

function projectId() {
  return session.get()?.project?.project_id ?? null;
}

function follow() {
  if (running === null && projectId() !== null && !document.hidden) {
    running = { project: projectId(), abort: new AbortController() };
    keepFollowing(running);
  }
}

function stop() {
  running?.abort.abort();
  running = null;
  connection.set('off');
}

session.follow(() => {
  if (running !== null && running.project !== projectId()) {
    stop();
  }
  resume();
});

api.turnedAway.follow((away) => away === null && resume());

// Over HTTP/1.1 a browser has six connections to an origin, for all its tabs together, and each stream holds one: the
// seventh tab would hang without a word. So does a page that was left, for as long as the browser keeps it for "back".
document.addEventListener('visibilitychange', () => (document.hidden ? stop() : resume()));

/** After somebody has signed in again, was renewed, or looks at this tab again: what was missed is read. */
function resume() {
  if (running === null && listeners.size > 0 && projectId() !== null && api.currentKey() && !document.hidden) {
    follow();
    tell({ type: 'reset' });
  }
}

async function keepFollowing(mine) {
  let lastEventId = null;
  let failures = 0;
  let wasLive = false;
  while (running === mine) {
    connection.set(failures === 0 ? 'connecting' : 'lost');
    try {
      await api.stream(`/v1/projects/${mine.project}/events/stream`, {
        lastEventId,
        signal: mine.abort.signal,
        onOpen: () => {
          failures = 0;
          connection.set('live');
          if (wasLive && lastEventId === null) {
            tell({ type: 'reset' });
          }
          wasLive = true;
        },
        onEvent: (event) => {
          lastEventId = event.id ?? lastEventId;
          if (event.data !== null) {
            tell({ ...event.data, type: event.type });
          }
        },
      });
    } catch (error) {
      if (running !== mine) {
        return;
      }
      if (error.status === 401) {
        stop(); // until somebody signs in again
        return;
      }
      if (error.status === 403 || error.status === 404) {
        connection.set('off');
        return;
      }
    }
    if (running === mine) {
      failures++;
      connection.set('lost');
      const wait = Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(failures, 10)) * (0.5 + Math.random() / 2);
      await new Promise((done) => setTimeout(done, wait));
    }
  }
}

function tell(event) {
  listeners.forEach((listener) => listener(event));
}
