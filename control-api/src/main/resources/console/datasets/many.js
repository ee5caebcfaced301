// Changes of several datasets at once; each by itself, and what became of each is said.
import * as api from '../api.js';
import { html } from '../html.js';
import { Act, FormDialog, Opener, tell } from '../ui.js';
import { count } from '../format.js';

const AT_ONCE = 100;

export function Chosen({ datasets, tags, root, may, onDone }) {
  const each = (verb, right, fits, text, done, method = 'post') => {
    const fitting = datasets.filter((d) => fits.includes(d.status));
    return may(right) && html`<${Act} disabled=${fitting.length === 0} act=${async () => { await all(fitting, (d) => method === 'del'
      ? api.del(`${root}/datasets/${d.dataset_id}`) : api.post(`${root}/datasets/${d.dataset_id}/${verb}`), done); onDone(); }}>${text}<//>`;
  };
  return html`
    <div class="chosen-bar" role="group" aria-label="Chosen datasets"><span>${count(datasets.length)} chosen</span>
      ${may('dataset.update') && tags.length > 0 && html`<${Opener} text="Tag" dialog=${(close) => html`<${Tagging} datasets=${datasets} tags=${tags} root=${root} onClose=${close} onDone=${onDone} />`} />`}
      ${may('dataset.update') && html`<${Opener} text="Rename" dialog=${(close) => html`<${Renaming} datasets=${datasets} root=${root} onClose=${close} onDone=${onDone} />`} />`}
      ${each('archive', 'dataset.archive', ['READY'], 'Archive', 'archived')}
      ${each('restore', 'dataset.restore', ['ARCHIVED', 'DELETED'], 'Restore', 'restored')}
      ${each('', 'dataset.delete', ['CREATED', 'UPLOAD_PENDING', 'READY', 'ARCHIVED', 'REJECTED', 'QUARANTINED'], 'To the recycle bin', 'put into the recycle bin', 'del')}
    </div>`;
}

const Tagging = ({ datasets, tags, root, onClose, onDone }) => html`
  <${FormDialog} title=${`Tag ${count(datasets.length)} datasets`} confirm="Tag" onClose=${onClose}
    fields=${[
      { name: 'tag', label: 'Tag', type: 'select', value: tags[0].tag_id, options: tags.map((t) => ({ value: t.tag_id, text: t.name })) },
      { name: 'how', label: 'Do', type: 'select', value: 'add', options: [{ value: 'add', text: 'give it' }, { value: 'take', text: 'take it away' }] },
    ]}
    act=${async ({ tag, how }) => {
      await bulk(`${root}/datasets/bulk/tags`, datasets, (d) => ({
        tag_ids: how === 'add' ? [...new Set([...d.tag_ids, tag])] : d.tag_ids.filter((id) => id !== tag) }));
      onDone();
    }} />`;

const Renaming = ({ datasets, root, onClose, onDone }) => html`
  <${FormDialog} title=${`Rename ${count(datasets.length)} datasets`} confirm="Rename" onClose=${onClose}
    about="In every name the first text is replaced by the second; an empty first one puts the second before the name."
    fields=${[{ name: 'from', label: 'Replace' }, { name: 'to', label: 'By' }]}
    act=${async ({ from, to }) => {
      const named = datasets.filter((d) => from === '' || d.name.includes(from));
      await bulk(`${root}/datasets/bulk/rename`, named, (d) => ({ name: from === '' ? to + d.name : d.name.replaceAll(from, to) }));
      onDone();
    }} />`;

async function bulk(path, datasets, change) {
  const results = [];
  for (let i = 0; i < datasets.length; i += AT_ONCE) {
    const items = datasets.slice(i, i + AT_ONCE).map((d) => ({ dataset_id: d.dataset_id, version: d.version, ...change(d) }));
    results.push(...(await api.patch(path, { items })).results);
  }
  const refused = results.filter((one) => one.error !== null);
  if (refused.length > 0) {
    tell(`${refused.length} of ${results.length} stay as they are: ${refused[0].error.message}`, 'bad');
  }
  if (refused.length < results.length) {
    tell(`${count(results.length - refused.length)} changed.`);
  }
}

async function all(datasets, act, done) {
  const refusals = [];
  for (const dataset of datasets) {
    await act(dataset).catch((error) => refusals.push(error));
  }
  if (refusals.length > 0) {
    tell(`${refusals.length} of ${datasets.length} stay as they are: ${refusals[0].message} (request ${refusals[0].requestId})`, 'bad');
  }
  if (refusals.length < datasets.length) {
    tell(`${count(datasets.length - refusals.length)} ${done}.`);
  }
}
