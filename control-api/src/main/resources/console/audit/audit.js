// Who did what, newest first.
import * as api from '../api.js';
import { now } from '../clock.js';
import { html, useState } from '../html.js';
import { place, remember } from '../router.js';
import { Code, List, Name, Page, Panel, Status, Time, usePages } from '../ui.js';
import { shortId, word } from '../format.js';

const TYPES = ['project', 'dataset', 'upload_task', 'upload_session', 'device', 'device_command', 'storage_policy', 'api_key', 'permission_grant', 'project_member', 'webhook_endpoint', 'tag', 'tag_category', 'outbox_delivery', 'recovery'];
const SINCE = [['', 'any time'], ['1', 'last hour'], ['24', 'last day'], ['168', 'last week'], ['720', 'last 30 days']];

export default function Audit() {
  const [filter, setFilter] = useState(place.get().query);
  const change = (name, value) => {
    // a kind alone is nothing the API can be asked for: it goes with an id
    const next = { ...filter, [name]: value };
    setFilter(next);
    remember(next);
  };
  const { actor, action, type, resource, since } = filter;
  const pages = usePages('audit_events', (cursor) => api.get('/v1/audit-events', {
    actor, action, cursor, resource_type: resource ? type || 'dataset' : undefined, resource_id: resource,
    occurred_after: since && new Date(now() - since * 3_600_000).toISOString(),
  }), [actor, action, type, resource, since]);
  const text = (name, label, placeholder) => html`<label>${label}<input type="search" value=${filter[name] ?? ''} placeholder=${placeholder}
    onChange=${(e) => change(name, e.target.value.trim())} /></label>`;
  return html`
    <${Page} title="Audit" about="Rows are never changed, and sealed every second.">
      <div class="filters" role="search" aria-label="Filter the audit trail">
        ${text('actor', 'Actor', 'api_key:0190…')}${text('action', 'Action', 'device.revoked')}
        <label>Kind<select value=${type ?? ''} onChange=${(e) => change('type', e.target.value)}><option value="">–</option>
          ${TYPES.map((t) => html`<option value=${t} selected=${t === type}>${word(t)}</option>`)}</select></label>
        ${text('resource', 'Its id', 'with a kind')}
        <label>When<select value=${since ?? ''} onChange=${(e) => change('since', e.target.value)}>
          ${SINCE.map(([hours, said]) => html`<option value=${hours} selected=${hours === (since ?? '')}>${said}</option>`)}</select></label>
        <button type="button" onClick=${pages.reload}>Reload</button>
      </div>
      <${Panel} className="flush">
        <${List} pages=${pages} caption="Audit events" keyOf=${(e) => e.audit_event_id} columns=${columns(change)} empty="Nothing is like that." />
      <//>
    <//>`;
}

const columns = (change) => [
  { head: 'When', cell: (e) => html`<${Time} at=${e.occurred_at} />` },
  { head: 'What', cell: (e) => html`<button type="button" class="link" onClick=${() => change('action', e.action)}>${e.action}</button>` },
  { head: 'Result', cell: (e) => html`<${Status} value=${e.result === 'ok' ? 'ok' : 'FAILED'} text=${e.result} />` },
  { head: 'Who', cell: (e) => html`<button type="button" class="link" title=${e.actor} onClick=${() => change('actor', e.actor)}>${who(e.actor)}</button>
    <span class="under">${e.transport}${e.address && html` from <${Code}>${e.address}<//>`}</span>` },
  { head: 'On what', wide: true, cell: (e) => html`${word(e.resource_type)} <span title=${e.resource_id}>${linkOf(e)}</span><${More} event=${e} />` },
];

const who = (actor) => (actor.includes(':') ? `${word(actor.split(':')[0])} ${shortId(actor)}` : actor);

const PAGES = { dataset: 'datasets', device: 'devices', upload_task: 'uploads' };

const linkOf = (event) => (PAGES[event.resource_type] ? html`<a class="inline" href=${`/${PAGES[event.resource_type]}/${event.resource_id}`}>${shortId(event.resource_id)}</a>` : shortId(event.resource_id));

function More({ event }) {
  const said = { before: event.before, after: event.after, details: event.details };
  const shown = Object.entries(said).filter(([, value]) => value && Object.keys(value).length > 0);
  return html`<details class="under"><summary>more</summary>
    <p class="small">request <${Code}>${event.request_id || '–'}<//>${event.user_agent && html`, <${Name}>${event.user_agent}<//>`}</p>
    ${shown.map(([name, value]) => html`<p class="small">${name}</p><pre class="json">${JSON.stringify(value, null, 2)}</pre>`)}</details>`;
}
