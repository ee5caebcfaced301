// Keys of people and programs; each is shown once.
import * as api from '../api.js';
import { now } from '../clock.js';
import { html, useState } from '../html.js';
import { useProject } from '../session.js';
import { Code, Copyable, Dialog, FormDialog, List, Name, Opener, Panel, Status, Time, usePages } from '../ui.js';

const LIVES = [['', 'never'], [String(7 * 86_400), 'in a week'], [String(90 * 86_400), 'in 90 days'], [String(365 * 86_400), 'in a year']];

export function Keys() {
  const { may } = useProject();
  const [made, setMade] = useState(null);
  const pages = usePages('api_keys', (cursor) => api.get('/v1/api-keys', { cursor }), []);
  return html`
    <${Panel} title="API keys" className="flush" actions=${may('api_key.create') && html`<${Opener} text="New key" tone="main" dialog=${(close) => html`
      <${FormDialog} title="New API key" confirm="Make it" onClose=${close} about="A new key may do nothing: invite it as a member, or grant it something."
        fields=${[{ name: 'name', label: 'Name', required: true, maxlength: 200 }, { name: 'expires_in_seconds', label: 'It ends', type: 'select', options: LIVES.map(([value, text]) => ({ value, text })) }]}
        act=${async (v) => { setMade(await api.post('/v1/api-keys', { name: v.name.trim(), expires_in_seconds: v.expires_in_seconds ? Number(v.expires_in_seconds) : null })); pages.reload(); }} />`} />`}>
      <${List} pages=${pages} caption="API keys" keyOf=${(k) => k.api_key_id} columns=${columns(may, pages.reload)} empty="There is none." />
    <//>
    ${made && html`<${Dialog} title="Your new key" onClose=${() => setMade(null)} wide><div class="inside">
      <p class="notice warn"><strong>This is shown once.</strong> Take it along now.</p>
      <${Copyable} label="API key" text=${made.key_material ?? '(it was told before)'} />
      <${Copyable} label="Its id, for roles and grants" text=${made.api_key.api_key_id} />
      <footer><button type="button" class="main" onClick=${() => setMade(null)}>Done</button></footer></div><//>`}`;
}

const columns = (may, reload) => [
  { head: 'Key', wide: true, cell: (k) => html`<${Name}>${k.name}<//><span class="under"><${Code}>${k.prefix}…<//> ${k.device_ids.length > 0 && `for ${k.device_ids.length} devices alone`}</span>` },
  { head: 'State', cell: (k) => html`<${Status} value=${k.revoked_at ? 'REVOKED' : k.expires_at && new Date(k.expires_at) < now() ? 'EXPIRED' : 'ACTIVE'} />` },
  { head: 'Made', cell: (k) => html`<${Time} at=${k.created_at} />` },
  { head: 'Ends', cell: (k) => (k.expires_at ? html`<${Time} at=${k.expires_at} />` : 'never') },
  { head: 'Id', cell: (k) => html`<${Code}>${k.api_key_id}<//>` },
  may('api_key.delete') && { head: '', num: true, cell: (k) => !k.revoked_at && html`<${Opener} text="Revoke" tone="danger" dialog=${(close) => html`
    <${FormDialog} title="Revoke this key?" confirm="Revoke" onClose=${close} about="Whoever uses it is let in no more, from now on. Nothing brings it back."
      act=${async () => { await api.del(`/v1/api-keys/${k.api_key_id}`); reload(); }} />`} />` },
].filter(Boolean);
