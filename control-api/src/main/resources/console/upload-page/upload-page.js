// The browser uploader: what was picked, what is sent, and what waits for its files.
import { html, useEffect, useState } from '../html.js';
import { useLive } from '../live.js';
import { place } from '../router.js';
import { useProject } from '../session.js';
import { useStore } from '../store.js';
import { Empty, Failure, Name, Page, Panel } from '../ui.js';
import { bytes, count } from '../format.js';
import { ofDrop, ofPicker } from './picked.js';
import { Running } from './running.js';
import { TakeOver } from './take-over.js';
import { begin, heard, look, note, running, waiting } from './uploads-here.js';
import { Waiting } from './waiting.js';

export default function Upload() {
  const { project, may } = useProject();
  const here = useStore(running);
  const records = useStore(waiting);
  const forgetful = useStore(note);
  const { task } = useStore(place).query;
  useEffect(() => { look(); }, []);
  useLive(heard);
  return html`
    <${Page} title="Upload" about=${html`Into <${Name}>${project.name}<//>, straight from this browser to storage`}>
      ${forgetful && html`<p class="notice warn" role="status">${forgetful}</p>`}
      ${task && html`<${TakeOver} key=${task} id=${task} />`}
      <${Choice} projectId=${project.project_id} />
      ${here.map((one) => html`<${Running} key=${one.upload.record.id} one=${one} may=${may} />`)}
      <${Waiting} records=${records} />
      ${here.length === 0 && records.length === 0 && html`<${Empty}>Nothing is being sent from this browser.<//>`}
    <//>`;
}

function Choice({ projectId }) {
  const [picked, setPicked] = useState([]);
  const [name, setName] = useState('');
  const [isOver, setOver] = useState(false);
  const [error, setError] = useState(null);
  const add = (files) => {
    const names = new Set(files.map((file) => file.objectName));
    setPicked((before) => [...before.filter((file) => !names.has(file.objectName)), ...files]);
  };
  const drop = (event) => {
    event.preventDefault();
    setOver(false);
    ofDrop(event.dataTransfer).then(add, setError);
  };
  const send = (event) => {
    event.preventDefault();
    setPicked([]);
    setName('');
    setError(null);
    begin(picked, { projectId, taskName: name.trim() }).catch(setError);
  };
  return html`
    <${Panel} className=${isOver ? 'drop over' : 'drop'}>
      <form onSubmit=${send} onDragOver=${(event) => { event.preventDefault(); setOver(true); }}
        onDragLeave=${() => setOver(false)} onDrop=${drop}>
        <p>Drop files and folders here, or pick them.</p>
        <div class="actions">
          <${Picker} label="Pick files" id="pick-files" add=${add} />
          <${Picker} label="Pick a folder" id="pick-folder" add=${add} folder />
        </div>
        ${picked.length > 0 && html`<${Picked} files=${picked} remove=${(gone) => setPicked(picked.filter((file) => file !== gone))} />
          <div class="field"><label for="task-name">Name of the upload</label>
            <input id="task-name" value=${name} maxlength="200" placeholder=${picked[0].objectName} onInput=${(event) => setName(event.target.value)} /></div>
          <button type="submit" class="main">Upload ${count(picked.length)} ${picked.length === 1 ? 'file' : 'files'}</button>`}
        <${Failure} error=${error} />
      </form>
    <//>`;
}

const Picker = ({ label, id, add, folder }) => html`
  <label class="button">${label}<input id=${id} type="file" class="unseen" multiple webkitdirectory=${folder}
    onChange=${(event) => { add(ofPicker(event.target.files)); event.target.value = ''; }} /></label>`;

function Picked({ files, remove }) {
  const size = files.reduce((sum, { file }) => sum + file.size, 0);
  return html`
    <p>${count(files.length)} ${files.length === 1 ? 'file' : 'files'}, ${bytes(size)}</p>
    <ul class="picked">${files.slice(0, 20).map((one) => html`
      <li key=${one.objectName}><${Name}>${one.objectName}<//> <span class="small quiet">${bytes(one.file.size)}</span>
        <button type="button" class="plain" aria-label=${`Leave out ${one.objectName}`} onClick=${() => remove(one)}>✕</button></li>`)}
    </ul>
    ${files.length > 20 && html`<p class="small quiet">and ${count(files.length - 20)} more</p>`}`;
}
