// Every task of the project, live; several can be moved at once.
import * as api from '../api.js';
import { now } from '../clock.js';
import { html, useRef, useState } from '../html.js';
import { useProject } from '../session.js';
import { useNews } from '../live.js';
import { place, remember } from '../router.js';
import { Act, Bar, List, Name, Page, Panel, Status, Time, useEvery, useLoad, usePages } from '../ui.js';
import { bytes, count, duration, percent, rate, visible } from '../format.js';
import { MOVES, moveAll } from './moves.js';
import { rates } from './rates.js';

const STATES = ['PROCESSING', 'PENDING', 'PAUSED', 'FAILED', 'COMPLETED', 'CANCELLED'];
const SINCE = [['', 'any time'], ['1', 'last hour'], ['24', 'last day'], ['168', 'last week']];
const OPEN = ['PROCESSING', 'PENDING'];

export default function Uploads() {
  const { root, may } = useProject();
  const [filter, setFilter] = useState(place.get().query);
  const [chosen, setChosen] = useState(new Set());
  const speeds = useRef(rates()).current;
  const change = (name, value) => {
    const next = { ...filter, [name]: value };
    setFilter(next);
    setChosen(new Set());
    remember(next);
  };
  const devices = useLoad(() => (may('device.view') ? api.get(`${root}/devices`, { limit: 200 }) : { devices: [] }), [root]);
  const { status, device, since } = filter;
  const pages = usePages('upload_tasks', (cursor) => api.get(`${root}/upload-tasks`, {
    status, source_device_id: device, cursor, limit: 100,
    created_after: since && new Date(now() - since * 3_600_000).toISOString(),
  }), [root, status, device, since]);
  useNews(1, (event) => event.type.startsWith('upload.'), pages.reload);
  useEvery(3, () => pages.items.some((task) => OPEN.includes(task.status)) && pages.reload());
  const names = new Map((devices.data?.devices ?? []).map((d) => [d.device_id, d.name || d.device_code]));
  const rows = matching(pages.items, filter.text, names);
  const picked = rows.filter((task) => chosen.has(task.task_id));
  return html`
    <${Page} title="Uploads" actions=${may('dataset.upload', 'upload.create') && html`<a class="button main" href="/upload">Upload files</a>`}>
      <div class="filters" role="search" aria-label="Filter uploads">
        <label>Text<input type="search" value=${filter.text ?? ''} placeholder="name or device" onInput=${(e) => change('text', e.target.value)} /></label>
        <label>State<select value=${status ?? ''} onChange=${(e) => change('status', e.target.value)}>
          <option value="">any</option>${STATES.map((s) => html`<option value=${s} selected=${s === status}>${s.toLowerCase()}</option>`)}</select></label>
        ${names.size > 0 && html`<label>Device<select value=${device ?? ''} onChange=${(e) => change('device', e.target.value)}>
          <option value="">any</option>${[...names].map(([id, name]) => html`<option value=${id} selected=${id === device}>${visible(name)}</option>`)}</select></label>`}
        <label>Begun<select value=${since ?? ''} onChange=${(e) => change('since', e.target.value)}>
          ${SINCE.map(([hours, text]) => html`<option value=${hours} selected=${hours === (since ?? '')}>${text}</option>`)}</select></label>
      </div>
      <${Panel} className="flush">
        <${List} pages=${{ ...pages, items: rows }} caption="Uploads" keyOf=${(task) => task.task_id}
          empty=${pages.items.length > 0 || status || device || since ? 'No upload is like that.' : 'Nothing was uploaded here yet.'}
          pick=${MOVES.some((m) => may(m.right)) && { chosen, set: setChosen }} columns=${columns(names, speeds)} />
        ${picked.length > 0 && html`<${Chosen} tasks=${picked} root=${root} may=${may} onDone=${() => { setChosen(new Set()); pages.reload(); }} />`}
      <//>
    <//>`;
}

const sourceOf = (task, names) => names.get(task.source_device_id) ?? task.source_device_code ?? task.task_initiator;

function matching(tasks, text, names) {
  const wanted = (text ?? '').trim().toLowerCase();
  return wanted === '' ? tasks : tasks.filter((task) =>
    `${task.task_name ?? ''} ${sourceOf(task, names)} ${task.task_id} ${task.objects.map((o) => o.object_name).join(' ')}`.toLowerCase().includes(wanted));
}

function columns(names, speeds) {
  return [
    { head: 'Upload', wide: true, cell: (task) => html`<a href=${`/uploads/${task.task_id}`}><${Name} fallback=${task.objects[0]?.object_name ?? 'unnamed'}>${task.task_name}<//></a>
      <span class="under">${task.object_count === 1 ? html`<${Name}>${task.objects[0]?.object_name}<//>` : `${count(task.object_count)} files`}</span>` },
    { head: 'From', cell: (task) => html`<${Name}>${sourceOf(task, names)}<//>` },
    { head: 'Progress', cell: (task) => html`<div class="bar-cell"><${Bar} label="Progress" part=${task.uploaded_size_bytes} whole=${task.total_size_bytes} tone=${toneOf(task.status)} />
      <span class="small quiet">${percent(task.uploaded_size_bytes, task.total_size_bytes)} of ${bytes(task.total_size_bytes)}</span></div>` },
    { head: 'Rate', num: true, cell: (task) => html`<${Speed} task=${task} speeds=${speeds} />` },
    { head: 'State', cell: (task) => html`<${Status} value=${task.status} />` },
    { head: 'Begun', cell: (task) => html`<${Time} at=${task.created_at} relative />` },
  ];
}

const toneOf = (status) => ({ COMPLETED: 'good', FAILED: 'bad', CANCELLED: 'bad', PAUSED: 'wait' })[status] ?? 'live';

function Speed({ task, speeds }) {
  if (!OPEN.includes(task.status)) {
    return html`<span class="quiet">–</span>`;
  }
  const speed = speeds.note(task.task_id, task.uploaded_size_bytes);
  if (!speed || speed < 1) {
    return html`<span class="quiet">${speed === null ? '…' : 'still'}</span>`;
  }
  return html`${rate(speed)}<span class="under">${duration((task.total_size_bytes - task.uploaded_size_bytes) / speed)} left</span>`;
}

function Chosen({ tasks, root, may, onDone }) {
  return html`
    <div class="chosen-bar" role="group" aria-label="Chosen uploads"><span>${count(tasks.length)} chosen</span>
      ${MOVES.filter((m) => may(m.right)).map((m) => {
        const fitting = tasks.filter((task) => m.fits.includes(task.status));
        return html`<${Act} tone=${m.tone} disabled=${fitting.length === 0} act=${async () => { await moveAll(root, fitting, m); onDone(); }}>
          ${m.text}${fitting.length > 0 && fitting.length < tasks.length ? ` ${fitting.length}` : ''}<//>`;
      })}
    </div>`;
}
