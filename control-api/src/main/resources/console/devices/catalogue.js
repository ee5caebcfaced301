// What the device has said of its own files, the last time that it was asked for them.
import { html, useState } from '../html.js';
import { useProject } from '../session.js';
import { Name, Panel, Table, Time } from '../ui.js';
import { bytes } from '../format.js';
import { AskForFiles } from './ask.js';

export function Catalogue({ device, commands }) {
  const { root, may } = useProject();
  const [chosen, setChosen] = useState(new Set());
  const [asking, setAsking] = useState(false);
  const told = commands.find((c) => c.command === 'list_files' && c.status === 'DONE');
  const files = Array.isArray(told?.result?.files) ? told.result.files.filter((file) => typeof file?.path === 'string') : [];
  if (files.length === 0) {
    return null;
  }
  const columns = [
    { head: 'File', wide: true, cell: (file) => html`<${Name}>${file.path}<//>` },
    { head: 'Size', num: true, cell: (file) => bytes(file.size_bytes) },
  ];
  return html`
    <${Panel} title="Files on it" className="flush" actions=${html`<span class="small quiet">told <${Time} at=${told.finished_at} relative /></span>
      ${may('device.command') && html`<button type="button" disabled=${chosen.size === 0} onClick=${() => setAsking(true)}>Ask for ${chosen.size}</button>`}`}>
      <${Table} caption="Files on the device" columns=${columns} rows=${files.slice(0, 500)} keyOf=${(file) => file.path}
        pick=${may('device.command') && { chosen, set: setChosen }} />
    <//>
    ${asking && html`<${AskForFiles} path=${`${root}/devices/${device.device_id}`} wanted=${[...chosen]} onClose=${() => setAsking(false)} onDone=${() => setChosen(new Set())} />`}`;
}
