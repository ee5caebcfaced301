// What may be done with a dataset, in its state and with this key's rights.
import * as api from '../api.js';
import { html } from '../html.js';
import { Act, FormDialog, Opener, tell } from '../ui.js';
import { go } from '../router.js';
import { visible } from '../format.js';

const DELETABLE = ['CREATED', 'UPLOAD_PENDING', 'READY', 'ARCHIVED', 'REJECTED', 'QUARANTINED'];

export const download = (path, purpose) => api.post(`${path}/download-url`, { expires_in_seconds: 900, purpose });

async function fetchIt(path) {
  const { url } = await download(path, 'download in the console');
  const link = document.createElement('a');
  link.href = url;
  link.rel = 'noreferrer';
  link.download = '';
  link.click();
}

export function Buttons({ dataset, path, may, tags, onDone }) {
  const { status } = dataset;
  const post = (verb) => async () => { await api.post(`${path}/${verb}`); onDone(); };
  const asked = (text, title, about, confirm, act, more = {}) => html`<${Opener} text=${text} tone=${more.tone} dialog=${(close) => html`
    <${FormDialog} title=${title} about=${about} confirm=${confirm} fields=${more.fields} onClose=${close} act=${async (values) => { const done = await act(values); onDone(); return done; }} />`} />`;
  const why = [{ name: 'reason', label: 'Why', required: true, maxlength: 1000, hint: 'It is kept in the audit trail.' }];
  return html`
    ${status === 'READY' && may('dataset.download') && html`<${Act} tone="main" act=${() => fetchIt(path)}>Download<//>`}
    ${status === 'QUARANTINED' && may('dataset.quarantine.release') && asked('Release', 'Release it from quarantine?', 'It becomes READY, although validators did not pass it. Whoever releases it answers for that.', 'Release',
      (values) => api.post(`${path}/quarantine/release`, values), { fields: why })}
    ${status !== 'DELETED' && may('dataset.update') && html`<${Edit} dataset=${dataset} path=${path} tags=${tags} onDone=${onDone} />`}
    ${status === 'READY' && may('dataset.archive') && html`<${Act} act=${post('archive')} done="It is archived.">Archive<//>`}
    ${['ARCHIVED', 'DELETED'].includes(status) && may('dataset.restore') && html`<${Act} act=${post('restore')} done="It is back.">Restore<//>`}
    ${may('dataset.legal_hold') && (dataset.legal_hold
      ? html`<${Act} act=${async () => { await api.del(`${path}/legal-hold`); onDone(); }} done="It is held no more.">Release the hold<//>`
      : asked('Legal hold', 'Hold this dataset?', 'Nobody purges it, whatever retention says, until the hold is released.', 'Hold',
        (values) => api.post(`${path}/legal-hold`, values), { fields: why }))}
    ${DELETABLE.includes(status) && may('dataset.delete') && asked('Delete', 'Put it into the recycle bin?', 'It shows no more; its object stays, and it can be restored until it is purged.', 'To the recycle bin',
      () => api.del(path), { tone: 'danger' })}
    ${status === 'DELETED' && may('dataset.purge') && html`<${Purge} dataset=${dataset} path=${path} />`}`;
}

const Purge = ({ dataset, path }) => html`
  <${Opener} text="Purge" tone="danger" dialog=${(close) => html`
    <${FormDialog} title="Delete it for ever?" confirm="Purge" onClose=${close}
      about=${html`Its object is deleted, and nothing brings it back. To go on, type <strong><bdi>${visible(dataset.name)}</bdi></strong>.`}
      fields=${[{ name: 'name', label: 'Name of the dataset', required: true, autocomplete: 'off' }]}
      act=${async ({ name }) => {
        if (name !== dataset.name && name !== visible(dataset.name)) {
          throw new Error('That is not its name.');
        }
        await api.del(`${path}/purge`, { confirm_purge: true });
        tell('It is being purged.');
        go('/datasets');
      }} />`} />`;

const Edit = ({ dataset, path, tags, onDone }) => html`
  <${Opener} text="Edit" dialog=${(close) => html`
    <${FormDialog} title="Edit the dataset" onClose=${close}
      fields=${[
        { name: 'name', label: 'Name', value: dataset.name, required: true, maxlength: 255 },
        { name: 'classification', label: 'Classification', value: dataset.classification ?? '', hint: 'PUBLIC, INTERNAL, CONFIDENTIAL, RESTRICTED, or a word of your own; may stay empty.' },
        { name: 'metadata', label: 'Metadata', type: 'text-area', value: JSON.stringify(dataset.metadata, null, 2), hint: 'JSON' },
        ...tags.map((t) => ({ name: `tag:${t.tag_id}`, label: `Tag: ${visible(t.name)}`, type: 'check', value: dataset.tag_ids.includes(t.tag_id) })),
      ]}
      act=${async (values) => {
        await api.patch(path, {
          name: values.name, classification: values.classification.trim(), metadata: jsonOf(values.metadata), version: dataset.version,
          tag_ids: tags.filter((t) => values[`tag:${t.tag_id}`]).map((t) => t.tag_id),
        });
        onDone();
      }} />`} />`;

function jsonOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('The metadata is not JSON.');
  }
}
