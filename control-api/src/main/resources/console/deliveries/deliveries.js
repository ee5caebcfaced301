// What could not be delivered, and what is on its way; what was given up can be replayed.
import * as api from '../api.js';
import { html, useState } from '../html.js';
import { useProject } from '../session.js';
import { place, remember } from '../router.js';
import { Act, List, Name, Page, Panel, Status, Time, useEvery, usePages } from '../ui.js';
import { count, shortId, word } from '../format.js';

const STATES = ['DEAD_LETTERED', 'PENDING', 'DELIVERED'];

export default function Deliveries() {
  const { may } = useProject();
  const [filter, setFilter] = useState({ status: 'DEAD_LETTERED', ...place.get().query });
  const change = (name, value) => {
    const next = { ...filter, [name]: value };
    setFilter(next);
    remember(next);
  };
  const { status, sink } = filter;
  const pages = usePages('deliveries', (cursor) => api.get('/v1/admin/outbox', { status: status === 'any' ? '' : status, sink, cursor }), [status, sink]);
  useEvery(10, pages.reload);
  const dead = pages.items.filter((d) => d.status === 'DEAD_LETTERED');
  const replay = async (list) => {
    for (const one of list) {
      await api.post(`/v1/admin/outbox/${one.delivery_id}/replay`);
    }
    pages.reload();
  };
  return html`
    <${Page} title="Deliveries" about="Events on their way to devices and webhooks."
      actions=${may('admin.uploads') && dead.length > 1 && html`<${Act} act=${() => replay(dead)} done="They are tried again.">Replay the ${count(dead.length)} shown<//>`}>
      <div class="filters" role="search" aria-label="Filter deliveries">
        <label>State<select value=${status} onChange=${(e) => change('status', e.target.value)}>
          <option value="any" selected=${status === 'any'}>any</option>${STATES.map((s) => html`<option value=${s} selected=${s === status}>${s === 'DEAD_LETTERED' ? 'given up' : word(s)}</option>`)}</select></label>
        <label>To<select value=${sink ?? ''} onChange=${(e) => change('sink', e.target.value)}><option value="">all</option>
          ${['mqtt', 'webhook'].map((s) => html`<option value=${s} selected=${s === sink}>${s}</option>`)}</select></label>
      </div>
      <${Panel} className="flush">
        <${List} pages=${pages} caption="Deliveries" keyOf=${(d) => d.delivery_id}
          empty=${status === 'DEAD_LETTERED' ? 'Nothing was given up: all that was told was heard, or is still on its way.' : 'Nothing is like that.'}
          columns=${columns(replay, may)} />
      <//>
    <//>`;
}

const columns = (replay, may) => [
  { head: 'Event', cell: (d) => html`<strong>${d.event_type}</strong><span class="under">${word(d.resource_type)} ${shortId(d.resource_id)}</span>` },
  { head: 'To', cell: (d) => html`${d.sink}${d.webhook_endpoint_id && html`<span class="under">${shortId(d.webhook_endpoint_id)}</span>`}` },
  { head: 'State', cell: (d) => html`<${Status} value=${d.status} text=${d.status === 'DEAD_LETTERED' ? 'given up' : undefined} />` },
  { head: 'Tries', num: true, cell: (d) => count(d.attempts) },
  { head: 'Why not', wide: true, cell: (d) => html`<${Name}>${d.last_error}<//>` },
  { head: 'Happened', cell: (d) => html`<${Time} at=${d.occurred_at} relative />` },
  { head: 'Next', cell: (d) => html`<${Time} at=${d.next_attempt_at} relative />` },
  { head: '', num: true, cell: (d) => d.status === 'DEAD_LETTERED' && may('admin.uploads') && html`<${Act} act=${() => replay([d])} done="It is tried again.">Replay<//>` },
];
