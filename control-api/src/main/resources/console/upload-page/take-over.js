// A task that was begun by a device, or in another browser: its files are picked here, and what is missing is sent.
import * as api from '../api.js';
import { html, useState } from '../html.js';
import { useProject } from '../session.js';
import { Failure, Loading, Name, Panel, useLoad } from '../ui.js';
import { bytes, sentence } from '../format.js';
import { ofPicker } from './picked.js';
import { takeOver } from './uploads-here.js';

/** @param {{id: string}} props of the task */
export function TakeOver({ id }) {
  const { root } = useProject();
  const { data: task, error } = useLoad(() => api.get(`${root}/upload-tasks/${id}`), [root, id]);
  const [problem, setProblem] = useState('');
  const [isDone, setDone] = useState(false);
  if (isDone || !task) {
    return error ? html`<${Failure} error=${error} />` : !isDone && html`<${Loading} />`;
  }
  const open = task.objects.filter((object) => object.status !== 'COMPLETED');
  const pick = (event) => {
    const picked = ofPicker(event.target.files);
    event.target.value = '';
    takeOver(task, picked).then(() => setDone(true), (refusal) => setProblem(refusal.message));
  };
  return html`
    <${Panel} title="Go on from this browser">
      <p>Parts that storage has are not sent again. That the files have the same bytes is your word: their names and sizes are compared.</p>
      <ul class="picked">${open.slice(0, 20).map((object) => html`
        <li key=${object.object_id}><${Name}>${object.object_name}<//> <span class="small quiet">${bytes(object.file_size_bytes)}</span></li>`)}</ul>
      ${problem && html`<p class="notice bad" role="alert">${sentence(problem)}</p>`}
      <label class="button">Pick ${open.length === 1 ? 'the file' : 'the files'}<input id="take-over" type="file" class="unseen" multiple
        onChange=${pick} /></label>
    <//>`;
}
