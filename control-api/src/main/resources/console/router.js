// Which page is shown: what stands in the address bar, without loading anything anew.
import { store } from './store.js';

// In which project stands in every address, so that whoever is sent one sees the same.
const here = () => {
  const { project = null, ...query } = Object.fromEntries(new URLSearchParams(location.search));
  return { path: location.pathname, project, query };
};

export const place = store(here());

let project = null;

/** The project of this address and of all that follow. */
export function stayIn(projectId) {
  project = projectId;
  go(location.pathname + location.search, { replace: true });
}

function withProject(url) {
  const whole = new URL(url, location.href);
  if (project) {
    whole.searchParams.set('project', project);
  }
  return whole.pathname + whole.search;
}

/** Goes to a page of the console. */
export function go(url, { replace = false } = {}) {
  history[replace ? 'replaceState' : 'pushState'](null, '', withProject(url));
  place.set(here());
  if (!replace) {
    window.scrollTo(0, 0);
  }
}

/** Says in the address what the page shows now, so that it can be kept and sent. */
export function remember(query) {
  const pairs = Object.entries(query).filter(([, value]) => value);
  const search = pairs.length === 0 ? '' : '?' + new URLSearchParams(pairs);
  go(location.pathname + search, { replace: true });
}

/** Follows the browser's own back and forward, and every link to a page of the console. */
export function startRouter(isPage) {
  window.addEventListener('popstate', () => place.set(here()));
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    if (!link || event.defaultPrevented || event.button !== 0 || link.target || link.hasAttribute('download')
      || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
      || link.origin !== location.origin || !isPage(link.pathname)) {
      return;
    }
    event.preventDefault();
    go(link.pathname + link.search);
  });
}
