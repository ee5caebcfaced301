// Uploads that were interrupted: each waits for its files, and goes on with what storage does not have.
import { html, useState } from '../html.js';
import { Act, Name, Panel, tell } from '../ui.js';
import { bytes, count, sentence } from '../format.js';
import { forget, goOn, nameOf } from './uploads-here.js';
import { ofPicker } from './picked.js';

const OVER = ['done', 'refused', 'changed', 'aborted'];

export function Waiting({ records }) {
  return records.length > 0 && html`
    <${Panel} title="Waiting for their files" count=${count(records.length)}>
      <p class="quiet">These were interrupted. Pick the same files again; parts that storage has are not sent again.</p>
      <ul class="attention">${records.map((record) => html`<${One} key=${record.id} record=${record} />`)}</ul>
    <//>`;
}

function One({ record }) {
  const [problem, setProblem] = useState('');
  const open = record.files.filter((file) => !OVER.includes(file.state));
  const size = open.reduce((sum, file) => sum + file.size, 0);
  const resume = (picked) => goOn(record, picked).then(() => setProblem(''), (error) => setProblem(error.message));
  const byHandle = async () => {
    for (const { handle } of open) {
      await handle.requestPermission?.({ mode: 'read' });
    }
    await resume([]);
  };
  return html`
    <li data-upload=${record.id}>
      <div class="head"><strong><${Name}>${nameOf(record)}<//></strong>
        <span class="small quiet">${open.length === 1 ? '1 file' : `${count(open.length)} files`}, ${bytes(size)}</span></div>
      <p>${open.slice(0, 5).map((file) => html`<${Name}>${file.objectName}<//> `)}${open.length > 5 && '…'}</p>
      ${problem && html`<p class="notice bad" role="alert">${sentence(problem)}</p>`}
      <div class="actions">
        ${open.every((file) => file.handle) && html`<${Act} tone="main" act=${byHandle}>Go on<//>`}
        <label class="button">Pick ${open.length > 1 ? 'the files' : 'the file'} again<input type="file" class="unseen" multiple=${open.length > 1}
          onChange=${(event) => { resume(ofPicker(event.target.files)); event.target.value = ''; }} /></label>
        <${Act} act=${async () => { await forget(record); tell('Forgotten here. Storage drops its parts when the session expires.'); }}>Forget<//>
      </div>
    </li>`;
}
