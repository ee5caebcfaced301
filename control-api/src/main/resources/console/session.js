// Who is signed in, in which project, with which rights. The key, or a person's token, is kept in
// sessionStorage alone: it ends with the tab.
import * as api from './api.js';
import { go, place, stayIn } from './router.js';
import { finish } from './sign-in/code-flow.js';
import { forget, keep, nameIn, person, renewing, subjectIn } from './sign-in/person.js';
import { store, useStore } from './store.js';

const KEY = 'waybill.key';
const PROJECT = 'waybill.project';
const AGAIN_MS = 11_000;

/** Null while nobody is signed in; `projects` are those that the key may see, `project` the chosen one or null. */
export const session = store(null);

/** What the API tells before anybody has signed in. */
export const welcome = () => api.get('/v1/welcome', {}, { key: '' });

/** How often somebody has signed in: what was asked before tells nothing of whoever came since. */
let signIns = 0;

/** Signs in with a key, or a person's token, that the API knows; throws its refusal otherwise. */
export async function signIn(key, given = null) {
  const found = await allProjects(key);
  const isSame = isSameAs(given);
  if (session.get() !== null && !isSame) {
    // nobody finds what somebody else has typed or was shown: the page is drawn anew
    api.letGo();
    session.set(null);
    await new Promise((done) => setTimeout(done));
  }
  if (location.pathname === '/sign-in') {
    go('/', { replace: true });
  }
  if (!given || !isSame) {
    forget();
  }
  if (given) {
    keep(given);
  }
  leftAt.set(null);
  signIns++;
  hold(key);
  take(found);
}

/** Whether it is whoever was signed in before; of one key after another nobody can tell. */
function isSameAs(given) {
  if (given === null || person() === null) {
    return given === null && person() === null;
  }
  return subjectIn(given.token) === subjectIn(api.currentKey() ?? '');
}

/** Signs in whom an issuer has sent back with this answer; what was open before is open again. */
export async function signInPerson(told) {
  const given = await finish(told);
  if (location.pathname === '/sign-in') {
    go(given.back, { replace: true });
  }
  await signIn(given.token, given);
}

function hold(key) {
  sessionStorage.setItem(KEY, key);
  api.setKey(key);
}

renewing(hold);

/** Where whoever has signed out of this tab had signed in; null for a key, and once somebody has signed in again. */
export const leftAt = store(null);

/** The person of this tab, so that two can be compared; null where it is a key, whose people nobody can tell apart. */
export const whose = () => (person() ? subjectIn(api.currentKey() ?? '') : null);

/** What the person of this tab is called; empty where it is a key. */
export const who = () => (person() ? nameIn(api.currentKey() ?? '') : '');

export function signOut() {
  stayIn(null);
  leftAt.set(person()?.place ?? null);
  forget();
  sessionStorage.removeItem(KEY);
  api.letGo();
  session.set(null);
}

/** Goes on with the key of this tab, if it has one; answers whether it had. */
export async function goOn() {
  const key = sessionStorage.getItem(KEY);
  if (!key) {
    return false;
  }
  const turn = signIns;
  try {
    api.setKey(key);
    const found = await allProjects();
    if (turn === signIns) {
      take(found);
    }
    return true;
  } catch (error) {
    // while an issuer is away its person may still be renewed
    if (turn === signIns && error.status === 401 && !person()?.refresh) {
      sessionStorage.removeItem(KEY);
      api.setKey(null);
    }
    throw error;
  }
}

// Whoever an issuer knows waits while it is away, and is renewed as soon as it is back: each call asks for that.
let isAsking = false;
api.turnedAway.follow(async (away) => {
  if (away === null || isAsking) {
    return;
  }
  isAsking = true;
  while (api.turnedAway.get() !== null && person()?.refresh) {
    await new Promise((done) => setTimeout(done, AGAIN_MS));
    if (api.turnedAway.get() !== null && person()?.refresh) {
      await (session.get() === null ? goOn() : refresh()).catch(() => {});
    }
  }
  isAsking = false;
});

async function allProjects(key) {
  const projects = [];
  let cursor = null;
  do {
    const page = await api.get('/v1/projects', { limit: 200, cursor }, { key });
    projects.push(...page.projects);
    cursor = page.next_cursor;
  } while (cursor && projects.length < 1000);
  return projects;
}

function take(projects) {
  const by = (id) => projects.find((p) => p.project_id === id);
  const project = by(place.get().project) ?? by(localStorage.getItem(PROJECT))
    ?? projects.find((p) => p.status === 'ACTIVE') ?? projects[0] ?? null;
  session.set({ projects, project });
  stayIn(project?.project_id ?? null);
}

// The browser's own back and forward may lead into another project.
place.follow(({ project }) => {
  if (project && session.get()?.projects.some((p) => p.project_id === project)
    && project !== session.get().project?.project_id) {
    choose(project);
  }
});

/** Reads projects and rights again: somebody may have changed them. */
export async function refresh() {
  take(await allProjects());
}

// Whoever is refused may have fewer rights than when it signed in; its buttons follow.
let isRefreshing = false;
api.denied.follow(async () => {
  if (session.get() !== null && !isRefreshing) {
    isRefreshing = true;
    await refresh().catch(() => {});
    isRefreshing = false;
  }
});

export function choose(projectId) {
  const { projects } = session.get();
  localStorage.setItem(PROJECT, projectId);
  session.set({ projects, project: projects.find((p) => p.project_id === projectId) });
  stayIn(projectId);
}

/** The chosen project, what hangs under it, and whether the key may do something there. */
export function useProject() {
  const { project } = useStore(session);
  const rights = new Set(project?.effective_permissions ?? []);
  return {
    project,
    root: `/v1/projects/${project?.project_id}`,
    may: (...oneOf) => oneOf.some((code) => rights.has(code)),
  };
}
