// What is stored: search, filters, tags, and changes of many at once.
import * as api from '../api.js';
import { html, useEffect, useState } from '../html.js';
import { useProject } from '../session.js';
import { useNews } from '../live.js';
import { place, remember } from '../router.js';
import { List, Name, Page, Panel, Status, Time, useLoad, usePages } from '../ui.js';
import { bytes, count, visible, word } from '../format.js';
import { Chosen } from './many.js';

const STATES = ['READY', 'PROCESSING', 'UPLOADING', 'PAUSED', 'UPLOAD_PENDING', 'CREATED', 'QUARANTINED', 'REJECTED', 'ARCHIVED', 'DELETED'];
const VERDICTS = ['PASSED', 'FAILED', 'PENDING', 'RUNNING', 'SKIPPED', 'NOT_REQUIRED'];

export default function Datasets() {
  const { root, may } = useProject();
  const [filter, setFilter] = useState(place.get().query);
  const [text, setText] = useState(filter.search ?? '');
  const [chosen, setChosen] = useState(new Set());
  const change = (more) => {
    const next = { ...filter, ...more };
    setFilter(next);
    setChosen(new Set());
    remember(next);
  };
  // the API searches from three letters on, and not at every one of them
  useEffect(() => {
    const wanted = text.trim().length >= 3 ? text.trim() : '';
    const timer = setTimeout(() => wanted !== (filter.search ?? '') && change({ search: wanted }), 300);
    return () => clearTimeout(timer);
  }, [text]);
  const tags = useLoad(() => api.get(`${root}/tags`, { limit: 200 }), [root]);
  const { search, status, validation, tag } = filter;
  const pages = usePages('datasets', (cursor) => api.get(`${root}/datasets`, {
    search, status, validation_status: validation, tag_id: tag, include_deleted: status === 'DELETED' ? true : undefined, cursor,
  }), [root, search, status, validation, tag]);
  useNews(1, (event) => event.type.startsWith('dataset.') || event.type === 'upload.completed', pages.reload);
  const tagsById = new Map((tags.data?.tags ?? []).map((t) => [t.tag_id, t]));
  const picked = pages.items.filter((d) => chosen.has(d.dataset_id));
  const isFiltered = search || status || validation || tag;
  const choice = (name, label, options, current) => html`<label>${label}<select value=${current ?? ''} onChange=${(e) => change({ [name]: e.target.value })}>
    <option value="">any</option>${options.map(([value, said]) => html`<option value=${value} selected=${value === current}>${visible(said)}</option>`)}</select></label>`;
  return html`
    <${Page} title="Datasets">
      <div class="filters" role="search" aria-label="Filter datasets">
        <label>Search<input type="search" value=${text} placeholder="name, file or metadata" onInput=${(e) => setText(e.target.value)} /></label>
        ${choice('status', 'State', STATES.map((s) => [s, s === 'DELETED' ? 'recycle bin' : word(s)]), status)}
        ${choice('validation', 'Validation', VERDICTS.map((s) => [s, word(s)]), validation)}
        ${tagsById.size > 0 && choice('tag', 'Tag', [...tagsById].map(([id, t]) => [id, t.name]), tag)}
      </div>
      ${text.trim().length > 0 && text.trim().length < 3 && html`<p class="small quiet">Three letters at least.</p>`}
      <${Panel} className="flush">
        <${List} pages=${pages} caption="Datasets" keyOf=${(d) => d.dataset_id} columns=${columns(tagsById)}
          empty=${isFiltered ? 'No dataset is like that.' : 'Nothing is stored here yet.'}
          pick=${may('dataset.update', 'dataset.archive', 'dataset.delete', 'dataset.restore') && { chosen, set: setChosen }} />
        ${picked.length > 0 && html`<${Chosen} datasets=${picked} tags=${[...tagsById.values()]} root=${root} may=${may}
          onDone=${() => { setChosen(new Set()); pages.reload(); }} />`}
      <//>
      ${pages.items.length > 0 && html`<p class="small quiet">${count(pages.items.length)}${pages.cursor ? ' of more' : ''} shown.</p>`}
    <//>`;
}

const columns = (tagsById) => [
  { head: 'Dataset', wide: true, cell: (d) => html`<a href=${`/datasets/${d.dataset_id}`}><${Name}>${d.name}<//></a>
    <span class="under">${d.original_filename && d.original_filename !== d.name && html`<${Name}>${d.original_filename}<//> `}
      ${d.tag_ids.map((id) => html`<span class="tag"><${Name}>${tagsById.get(id)?.name ?? '…'}<//></span>`)}
      ${d.legal_hold && html`<span class="tag">legal hold</span>`}</span>` },
  { head: 'Size', num: true, cell: (d) => bytes(d.object_size_bytes ?? d.file_size_bytes) },
  { head: 'State', cell: (d) => html`<${Status} value=${d.status} />` },
  { head: 'Validation', cell: (d) => (d.validation_status === 'NOT_REQUIRED' ? html`<span class="quiet">–</span>` : html`<${Status} value=${d.validation_status} />`) },
  { head: 'From', cell: (d) => html`<${Name}>${d.source_device_code}<//>` },
  { head: 'Made', cell: (d) => html`<${Time} at=${d.created_at} relative />` },
];
