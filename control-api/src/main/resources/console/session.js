// Who is signed in, in which project, with which rights. The key is kept in sessionStorage alone: it ends with the tab.
import * as api from './api.js';
import { place, stayIn } from './router.js';
import { store, useStore } from './store.js';

const KEY = 'waybill.key';
const PROJECT = 'waybill.project';

/** Null while nobody is signed in; `projects` are those that the key may see, `project` the chosen one or null. */
export const session = store(null);

/** What the API tells before anybody has signed in. */
export const welcome = () => api.get('/v1/welcome', {}, { key: '' });

/** Signs in with a key that the API knows; throws its refusal otherwise. */
export async function signIn(key) {
  const found = await allProjects(key);
  sessionStorage.setItem(KEY, key);
  api.setKey(key);
  take(found);
}

export function signOut() {
  stayIn(null);
  sessionStorage.removeItem(KEY);
  api.setKey(null);
  session.set(null);
}

/** Goes on with the key of this tab, if it has one; answers whether it had. */
export async function goOn() {
  const key = sessionStorage.getItem(KEY);
  if (!key) {
    return false;
  }
  try {
    await signIn(key);
    return true;
  } catch (error) {
    if (error.status === 401) {
      sessionStorage.removeItem(KEY);
    }
    throw error;
  }
}

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
