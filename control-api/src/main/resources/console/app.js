// The shell: who is signed in, what there is to see, and which page is open.
import { html, render, useEffect, useState } from './html.js';
import { reachable, turnedAway } from './api.js';
import { off } from './clock.js';
import { choose, goOn, session, signInPerson, signOut, useProject, who } from './session.js';
import { go, place, startRouter } from './router.js';
import { useStore } from './store.js';
import { Failure, Loading, Name, Page, Told } from './ui.js';
import { duration, visible } from './format.js';
import { handOver, returned } from './sign-in/code-flow.js';
import { SignIn, SignInAgain } from './sign-in/sign-in.js';
import { connection } from './live.js';

// A page is loaded when somebody goes there; `needs` is one of the rights without which there is nothing to see.
const PAGES = [
  { path: /^\/$/, href: '/', name: 'Fleet', load: () => import('./fleet/fleet.js') },
  { path: /^\/uploads$/, href: '/uploads', name: 'Uploads', needs: ['dataset.view'], load: () => import('./uploads/uploads.js') },
  { path: /^\/uploads\/(?<id>[^/]+)$/, needs: ['dataset.view'], load: () => import('./uploads/upload.js') },
  { path: /^\/upload$/, href: '/upload', name: 'Upload', needs: ['dataset.upload', 'upload.create'], load: () => import('./upload-page/upload-page.js') },
  { path: /^\/datasets$/, href: '/datasets', name: 'Datasets', needs: ['dataset.view'], load: () => import('./datasets/datasets.js') },
  { path: /^\/datasets\/(?<id>[^/]+)$/, needs: ['dataset.view'], load: () => import('./datasets/dataset.js') },
  { path: /^\/devices$/, href: '/devices', name: 'Devices', needs: ['device.view'], load: () => import('./devices/devices.js') },
  { path: /^\/devices\/(?<id>[^/]+)$/, needs: ['device.view'], load: () => import('./devices/device.js') },
  { path: /^\/settings$/, href: '/settings', name: 'Settings', needs: ['project.view'], load: () => import('./settings/settings.js') },
  { path: /^\/audit$/, href: '/audit', name: 'Audit', needs: ['audit.view'], load: () => import('./audit/audit.js') },
  { path: /^\/deliveries$/, href: '/deliveries', name: 'Deliveries', needs: ['admin.uploads'], load: () => import('./deliveries/deliveries.js') },
  { path: /^\/try$/, load: () => import('./try/try.js') },
];

const pageAt = (path) => PAGES.find((page) => page.path.test(path));

function App({ told }) {
  const signedIn = useStore(session);
  const away = useStore(turnedAway);
  const [state, setState] = useState({ waiting: true, error: null });
  const begin = (answer) => (answer ? signInPerson(answer) : goOn()).then(() => setState({ waiting: false, error: null }),
    (error) => setState({ waiting: false, error }));
  useEffect(() => { begin(told); }, []);
  // somebody may be signed in without a word of this page: renewed by an issuer that was away
  useEffect(() => { signedIn && setState({ waiting: false, error: null }); }, [signedIn]);
  if (state.waiting) {
    return html`<main class="alone"><${Loading} /></main>`;
  }
  if (state.error && state.error.status !== 401) {
    return html`<main class="alone"><${Failure} error=${state.error} retry=${() => begin()} /></main>`;
  }
  if (!signedIn) {
    return html`<${SignIn} why=${state.error} onDone=${() => setState({ waiting: false, error: null })} /><${Told} />`;
  }
  return html`<${Shell} />${away && html`<${SignInAgain} why=${away} />`}`;
}

function Shell() {
  const { path } = useStore(place);
  const [menu, setMenu] = useState(false);
  const isReachable = useStore(reachable);
  const clockOff = useStore(off);
  useEffect(() => setMenu(false), [path]);
  return html`
    <a class="skip" href="#content">To the content</a>
    <nav class=${menu ? 'open' : ''} aria-label="Console">
      <div class="brand"><a href="/"><${Mark} /> Waybill</a>
        <button type="button" class="plain menu" aria-expanded=${menu} aria-controls="menu" onClick=${() => setMenu(!menu)}>Menu</button></div>
      <div id="menu">
        <${ProjectChoice} />
        <${Menu} path=${path} />
        <div class="foot">
          <${Liveness} />
          <a href="/docs" target="_blank" rel="noreferrer">API</a>
          <a href="/try" aria-current=${path === '/try' ? 'page' : undefined}>Try the API</a>
          ${who() && html`<span class="quiet small">Signed in as <${Name}>${who()}<//></span>`}
          <button type="button" class="plain" onClick=${signOut}>Sign out</button>
        </div>
      </div>
    </nav>
    <main id="content" tabindex="-1">
      ${!isReachable && html`<div class="notice warn" role="alert">The API does not answer. What you see may be old; it goes on by itself as soon as the API is back.</div>`}
      ${clockOff !== 0 && html`<div class="notice warn" role="status">This computer's clock is ${duration(Math.abs(clockOff) / 1000)} ${clockOff > 0 ? 'ahead' : 'behind'} of the server's. Ages are counted by the server's.</div>`}
      <${Open} path=${path} />
    </main>
    <${Told} />`;
}

const Mark = () => html`<svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true"><rect width="32" height="32" rx="7"/><path d="M6 10l4 12 6-10 6 10 4-12"/></svg>`;

function Menu({ path }) {
  const { may } = useProject();
  const shown = PAGES.filter((page) => page.name && (!page.needs || may(...page.needs)));
  const isOpen = (href) => (href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`));
  return html`<ul>${shown.map((page) => html`
    <li><a href=${page.href} aria-current=${isOpen(page.href) ? 'page' : undefined}>${page.name}</a></li>`)}</ul>`;
}

function ProjectChoice() {
  const { projects, project } = useStore(session);
  if (projects.length === 0) {
    return html`<p class="project quiet">There is no project to see.</p>`;
  }
  return html`<div class="project"><label for="project">Project</label>
    <select id="project" value=${project.project_id} onChange=${(event) => choose(event.target.value)}>
      ${projects.map((p) => html`<option value=${p.project_id} selected=${p === project}>${visible(p.name)}</option>`)}
    </select></div>`;
}

function Liveness() {
  const state = useStore(connection);
  const texts = { live: 'Live', connecting: 'Connecting…', lost: 'Connection lost; trying again', off: '' };
  return html`<p class=${`liveness ${state}`} role="status">${texts[state]}</p>`;
}

function Open({ path }) {
  const page = pageAt(path);
  const { project, may } = useProject();
  const [state, setState] = useState({ page: null, View: null, error: null });
  useEffect(() => {
    let isWanted = true;
    page?.load().then(
      (module) => isWanted && setState({ page, View: module.default, error: null }),
      (error) => isWanted && setState({ page, View: null, error }));
    return () => { isWanted = false; };
  }, [page]);
  if (!page) {
    return html`<${Page} title="There is no such page"><p><a href="/">To the fleet</a></p><//>`;
  }
  if (!project) {
    return html`<${Page} title="No project"><p>${who() ? 'You are signed in, and see no project. Whoever manages members can make you one.' : 'This key is right, and sees no project. Whoever manages keys can give it a role in one.'}</p><//>`;
  }
  if (page.needs && !may(...page.needs)) {
    return html`<${Page} title="Not for this key"><p>To see this it needs <code>${page.needs.join(' or ')}</code> in this project.</p><//>`;
  }
  if (state.error && state.page === page) {
    return html`<div class="notice bad" role="alert"><p><strong>This page could not be loaded.</strong> Waybill may have been
      updated meanwhile.</p><button type="button" onClick=${() => location.reload()}>Reload</button></div>`;
  }
  if (state.page !== page) {
    return html`<${Loading} />`;
  }
  const { id } = page.path.exec(path).groups ?? {};
  return html`<${state.View} key=${`${project.project_id} ${path}`} id=${id && decodeURIComponent(id)} />`;
}

const told = returned();
const root = document.getElementById('app');
root.replaceChildren();
if (handOver(told)) {
  render(html`<main class="alone"><p>The console goes on in the window where you began. You can close this one.</p></main>`, root);
} else {
  startRouter((path) => pageAt(path) !== undefined);
  if (location.pathname === '/sign-in' && !told) {
    go('/', { replace: true });
  }
  render(html`<${App} told=${told} />`, root);
}
