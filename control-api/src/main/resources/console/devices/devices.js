// Every machine of the project, who is there, and when the others were heard of last.
import * as api from '../api.js';
import { html, useState } from '../html.js';
import { useProject } from '../session.js';
import { useNews } from '../live.js';
import { List, Name, Opener, Page, Panel, Status, Time, useEvery, usePages } from '../ui.js';
import { visible } from '../format.js';
import { Register } from './register.js';
import { presence } from './presence.js';

export default function Devices() {
  const { root, may } = useProject();
  const [text, setText] = useState('');
  const [which, setWhich] = useState('');
  const pages = usePages('devices', (cursor) => api.get(`${root}/devices`, { limit: 50, cursor }), [root]);
  useNews(0.5, (event) => event.type.startsWith('device.'), pages.reload);
  useEvery(15, pages.reload);
  const rows = pages.items.filter((d) => fits(d, text, which));
  return html`
    <${Page} title="Devices" actions=${may('device.create') && html`<${Opener} text="Register a device" tone="main"
      dialog=${(close) => html`<${Register} root=${root} onClose=${close} onDone=${pages.reload} />`} />`}>
      <div class="filters" role="search" aria-label="Filter devices">
        <label>Text<input type="search" value=${text} placeholder="name, code or type" onInput=${(e) => setText(e.target.value)} /></label>
        <label>Which<select value=${which} onChange=${(e) => setWhich(e.target.value)}>
          <option value="">all</option><option value="online">online</option><option value="offline">offline</option>
          <option value="not told">not told</option><option value="never seen">never seen</option>
          <option value="DISABLED">disabled</option><option value="REVOKED">revoked</option></select></label>
      </div>
      <${Panel} className="flush">
        <${List} pages=${{ ...pages, items: rows }} caption="Devices" keyOf=${(d) => d.device_id} columns=${COLUMNS}
          empty=${pages.items.length > 0 ? 'No device is like that.' : 'No device is registered here yet.'} />
      <//>
    <//>`;
}

function fits(device, text, which) {
  const isThere = which === '' || presence(device) === which || device.status === which;
  const all = `${device.name} ${device.device_code} ${device.device_type ?? ''}`.toLowerCase();
  return isThere && all.includes(text.trim().toLowerCase());
}

const COLUMNS = [
  { head: 'Device', wide: true, cell: (d) => html`<a href=${`/devices/${d.device_id}`}><${Name}>${d.name}<//></a><span class="under"><${Name}>${d.device_code}<//></span>` },
  { head: 'There', cell: (d) => html`<${Status} value=${presence(d)} />` },
  { head: 'State', cell: (d) => html`<${Status} value=${d.status} />` },
  { head: 'Type', cell: (d) => html`<${Name}>${d.device_type}<//>` },
  { head: 'Heard of', cell: (d) => html`<${Time} at=${d.last_seen_at} relative />` },
  { head: 'Version', cell: (d) => visible(d.client_version ?? '–') },
];
