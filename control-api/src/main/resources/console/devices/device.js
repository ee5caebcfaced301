// One machine: what is known of it, what it was asked for and what came of that, and its credential.
import * as api from '../api.js';
import { html, useState } from '../html.js';
import { useProject } from '../session.js';
import { useNews } from '../live.js';
import { Act, Bar, Code, Facts, Failure, FormDialog, List, Loading, Name, Opener, Page, Panel, Status, Time, tell, useEvery, useLoad, usePages } from '../ui.js';
import { bytes, percent, visible } from '../format.js';
import { AskForFiles } from './ask.js';
import { Catalogue } from './catalogue.js';
import { CredentialDialog } from './credential.js';
import { presence } from './presence.js';

export default function Device({ id }) {
  const { root, may } = useProject();
  const path = `${root}/devices/${id}`;
  const { data: device, error, reload } = useLoad(() => api.get(path), [path]);
  const commands = usePages('device_commands', (cursor) => api.get(`${path}/commands`, { limit: 50, cursor }), [path]);
  useNews(0.5, (event) => event.type.startsWith('device.'), () => { reload(); commands.reload(); });
  useEvery(10, reload);
  useEvery(3, () => commands.items.some((c) => c.finished_at === null) && commands.reload());
  const back = { href: '/devices', text: 'Devices' };
  if (!device) {
    return html`<${Page} title="Device" back=${back}>${error ? html`<${Failure} error=${error} retry=${reload} />` : html`<${Loading} />`}<//>`;
  }
  return html`
    <${Page} title=${html`<${Name}>${device.name}<//>`} back=${back}
      about=${html`<${Status} value=${presence(device)} /> <${Status} value=${device.status} /> <${Name}>${device.device_code}<//>`}
      actions=${html`<${Buttons} device=${device} path=${path} may=${may} onDone=${() => { reload(); commands.reload(); }} />`}>
      <${Failure} error=${error} retry=${reload} />
      <div class="grid wide-left">
        <div>
          <${Panel} title="Commands" className="flush"><${List} pages=${commands} caption="Commands" keyOf=${(c) => c.command_id} columns=${COMMANDS} empty="It was asked for nothing yet." /><//>
          ${may('dataset.view') && html`<${Uploads} root=${root} device=${device} />`}
        </div>
        <div>
          <${Panel} title="Device"><${About} device=${device} /><//>
          <${Catalogue} device=${device} commands=${commands.items} />
        </div>
      </div>
    <//>`;
}

const About = ({ device }) => html`<${Facts} of=${[
  ['Heard of', html`<${Time} at=${device.last_seen_at} relative />`],
  ['Address', html`<${Code}>${device.last_ip ?? '–'}<//>`],
  ['Agent', visible(device.client_version ?? '–')],
  ['Type', html`<${Name}>${device.device_type}<//>`],
  ['Credential', `version ${device.credential_version}`],
  ['Registered', html`<${Time} at=${device.created_at} />`],
  ...Object.entries(device.metadata).map(([name, value]) => [visible(name), html`<${Name}>${typeof value === 'object' ? JSON.stringify(value) : value}<//>`]),
  ['Id', html`<${Code}>${device.device_id}<//>`],
]} />`;

const COMMANDS = [
  { head: 'Asked', wide: true, cell: (c) => html`<strong>${c.command.replace('_', ' ')}</strong> <span class="under"><${Name}>${about(c)}<//></span>` },
  { head: 'State', cell: (c) => html`<${Status} value=${c.status} />${c.error && html`<span class="under"><code>${c.error.code}</code> <${Name}>${c.error.message}<//></span>`}` },
  { head: 'When', cell: (c) => html`<${Time} at=${c.created_at} relative />` },
  { head: 'Ended', cell: (c) => html`<${Time} at=${c.finished_at} relative />` },
];

function about(command) {
  const { paths, session_id: session, reason } = command.payload;
  return Array.isArray(paths) ? paths.join(', ') : reason ?? session ?? '';
}

function Uploads({ root, device }) {
  const pages = usePages('upload_tasks', (cursor) => api.get(`${root}/upload-tasks`, { source_device_id: device.device_id, limit: 20, cursor }), [root, device.device_id]);
  useNews(1, (event) => event.type.startsWith('upload.'), pages.reload);
  return html`<${Panel} title="Its uploads" className="flush"><${List} pages=${pages} caption="Uploads of this device" keyOf=${(t) => t.task_id} empty="It has uploaded nothing yet." columns=${[
    { head: 'Upload', wide: true, cell: (t) => html`<a href=${`/uploads/${t.task_id}`}><${Name} fallback=${t.objects[0]?.object_name ?? 'unnamed'}>${t.task_name}<//></a>` },
    { head: 'Progress', cell: (t) => html`<div class="bar-cell"><${Bar} label="Progress" part=${t.uploaded_size_bytes} whole=${t.total_size_bytes} tone=${t.status === 'COMPLETED' ? 'good' : 'live'} />
      <span class="small quiet">${percent(t.uploaded_size_bytes, t.total_size_bytes)} of ${bytes(t.total_size_bytes)}</span></div>` },
    { head: 'State', cell: (t) => html`<${Status} value=${t.status} />` },
    { head: 'Begun', cell: (t) => html`<${Time} at=${t.created_at} relative />` },
  ]} /><//>`;
}

function Buttons({ device, path, may, onDone }) {
  const [shown, setShown] = useState(null);
  const isLive = ['PENDING', 'ACTIVE'].includes(device.status);
  const post = (verb, body) => async () => { const answer = await api.post(`${path}/${verb}`, body); onDone(); return answer; };
  return html`
    ${may('device.command') && isLive && html`<${Opener} text="Ask for files" tone="main" dialog=${(close) => html`<${AskForFiles} path=${path} onDone=${onDone} onClose=${close} />`} />`}
    ${may('device.credentials.rotate') && device.status !== 'REVOKED' && html`<${Opener} text="Rotate credential" dialog=${(close) => html`
      <${FormDialog} title="Rotate the credential?" confirm="Rotate" onClose=${close}
        about="A new one is shown once. The old one ends when the new one is first used, or after the time you choose."
        fields=${[{ name: 'overlap', label: 'The old one lasts at most', type: 'select', value: '3600', options: [{ value: '0', text: 'not at all' }, { value: '3600', text: 'an hour' }, { value: '86400', text: 'a day' }, { value: '604800', text: 'a week' }] }]}
        act=${async (values) => { setShown(await api.post(`${path}/credentials/rotate`, { overlap_seconds: Number(values.overlap) })); onDone(); }} />`} />`}
    ${may('device.update') && html`<${Opener} text="Edit" dialog=${(close) => html`
      <${FormDialog} title="Edit the device" onClose=${close}
        fields=${[{ name: 'name', label: 'Name', value: device.name, required: true, maxlength: 200 }, { name: 'device_code', label: 'Code', value: device.device_code, required: true }, { name: 'device_type', label: 'Type', value: device.device_type ?? '' }]}
        act=${async (values) => { await api.patch(path, { ...values, version: device.version }); onDone(); }} />`} />`}
    ${may('device.disable') && isLive && html`<${Act} act=${post('disable')} done="It is disabled: it is let in no more, until you enable it.">Disable<//>`}
    ${may('device.disable') && device.status === 'DISABLED' && html`<${Act} act=${post('enable')} done="It is enabled.">Enable<//>`}
    ${may('device.credentials.revoke') && device.status !== 'REVOKED' && html`<${Opener} text="Revoke" tone="danger" dialog=${(close) => html`
      <${FormDialog} title="Revoke this device?" confirm="Revoke for ever" onClose=${close}
        about="Whatever it has to show is worth nothing any more, and nothing brings that back. Uploads of it stand still."
        act=${async () => { await api.post(`${path}/revoke`); tell('It is revoked.'); onDone(); }} />`} />`}
    ${shown && html`<${CredentialDialog} device=${shown.device} credential=${shown.credential} onClose=${() => setShown(null)} />`}`;
}
