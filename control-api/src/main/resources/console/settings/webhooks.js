// Whom the tenant's events are told to over HTTP.
import * as api from '../api.js';
import { html, useState } from '../html.js';
import { useProject } from '../session.js';
import { Act, Copyable, Dialog, FormDialog, List, Name, Opener, Panel, Status, Time, tell, usePages } from '../ui.js';

const typesOf = (text) => {
  const types = text.split(',').map((one) => one.trim()).filter(Boolean);
  return types.length === 0 ? null : types;
};

export function Webhooks() {
  const { may } = useProject();
  const [told, setTold] = useState(null);
  const pages = usePages('webhook_endpoints', (cursor) => api.get('/v1/webhook-endpoints', { cursor }), []);
  return html`
    <${Panel} title="Webhooks" className="flush" actions=${may('admin.uploads') && html`<${Opener} text="New webhook" tone="main" dialog=${(close) => html`
      <${FormDialog} title="New webhook" confirm="Make it" onClose=${close} fields=${fields({})}
        act=${async (v) => { setTold(await api.post('/v1/webhook-endpoints', { url: v.url.trim(), description: v.description || null, event_types: typesOf(v.event_types) })); pages.reload(); }} />`} />`}>
      <${List} pages=${pages} caption="Webhooks" keyOf=${(w) => w.webhook_endpoint_id} columns=${columns(pages.reload, setTold)} empty="Nobody is told." />
    <//>
    ${told?.secret && html`<${Dialog} title="The secret of this webhook" onClose=${() => setTold(null)} wide><div class="inside">
      <p class="notice warn"><strong>This is shown once.</strong> Whoever receives events verifies them with it.</p>
      <${Copyable} label="Signing secret" text=${told.secret} />
      <footer><button type="button" class="main" onClick=${() => setTold(null)}>Done</button></footer></div><//>`}`;
}

const fields = (w) => [
  { name: 'url', label: 'URL', type: 'url', required: true, value: w.url, placeholder: 'https://…' },
  { name: 'description', label: 'Description', value: w.description ?? '', maxlength: 500 },
  { name: 'event_types', label: 'Events', value: (w.event_types ?? []).join(', '), hint: 'Such as upload.completed, dataset.*; empty for all.' },
];

async function test(webhook) {
  const answer = await api.post(`/v1/webhook-endpoints/${webhook.webhook_endpoint_id}/test`);
  const how = answer.status_code === null ? '' : `, answered ${answer.status_code}`;
  tell(answer.delivered ? `It heard us${how}, in ${Math.round(answer.latency_seconds * 1000)} ms.` : `It did not take the event${how}: ${answer.error ?? ''}`, answer.delivered ? 'good' : 'bad');
}

const columns = (reload, setTold) => {
  const change = (w, body) => api.patch(`/v1/webhook-endpoints/${w.webhook_endpoint_id}`, { ...body, version: w.version }).then((answer) => { reload(); return answer; });
  return [
    { head: 'Where', wide: true, cell: (w) => html`<${Name}>${w.url}<//><span class="under"><${Name} fallback="">${w.description}<//></span>` },
    { head: 'Events', cell: (w) => w.event_types.map((t) => html`<span class="tag">${t}</span>`) },
    { head: 'State', cell: (w) => html`<${Status} value=${w.status} />` },
    { head: 'Made', cell: (w) => html`<${Time} at=${w.created_at} />` },
    { head: '', num: true, cell: (w) => html`<div class="actions">
      <${Act} act=${() => test(w)}>Test<//>
      <${Opener} text="Edit" dialog=${(close) => html`<${FormDialog} title="Edit the webhook" onClose=${close} fields=${fields(w)}
        act=${(v) => change(w, { url: v.url.trim(), description: v.description, event_types: typesOf(v.event_types) ?? ['*'] })} />`} />
      ${w.status === 'ENABLED' ? html`<${Act} act=${() => change(w, { status: 'DISABLED' })}>Disable<//>` : html`<${Act} act=${() => change(w, { status: 'ENABLED' })}>Enable<//>`}
      <${Opener} text="New secret" dialog=${(close) => html`<${FormDialog} title="Give it a new secret?" confirm="New secret" onClose=${close} about="The one of now is valid for a day beside it."
        act=${async () => { setTold(await change(w, { rotate_secret: true })); }} />`} />
      <${Opener} text="Delete" tone="danger" dialog=${(close) => html`<${FormDialog} title="Delete this webhook?" confirm="Delete" onClose=${close} about="It is told nothing more."
        act=${async () => { await api.del(`/v1/webhook-endpoints/${w.webhook_endpoint_id}`); reload(); }} />`} /></div>` },
  ];
};
