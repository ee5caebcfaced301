// The chosen project: what it is called, what it may hold, how it stores; and a new one.
import * as api from '../api.js';
import { html } from '../html.js';
import { choose, refresh, useProject } from '../session.js';
import { Act, Code, Facts, FormDialog, Name, Opener, Panel, Status, Time, useLoad } from '../ui.js';
import { bytes, count } from '../format.js';

const GIB = 1 << 30;
const numberOrNull = (text) => (String(text).trim() === '' ? null : Number(text));

export function Project() {
  const { project, root, may } = useProject();
  const policies = useLoad(() => (may('storage_policy.view') ? api.get('/v1/storage-policies', { limit: 200 }) : { storage_policies: [] }), [root]);
  const known = policies.data?.storage_policies ?? [];
  const policy = known.find((p) => p.storage_policy_id === project.storage_policy_id);
  const quota = project.quota;
  const post = (verb) => async () => { await api.post(`${root}/${verb}`); await refresh(); };
  return html`
    <${Panel} title=${html`<${Name}>${project.name}<//>`} actions=${html`
      ${may('project.update') && html`<${Edit} project=${project} root=${root} />`}
      ${may('project.update') && known.length > 0 && html`<${ChoosePolicy} project=${project} root=${root} policies=${known} />`}
      ${may('project.update') && project.status === 'ACTIVE' && html`<${Act} act=${post('archive')} done="It is archived: nothing new is uploaded there.">Archive<//>`}
      ${may('project.update') && project.status === 'ARCHIVED' && html`<${Act} act=${post('restore')} done="It is back.">Restore<//>`}
      ${may('project.create') && html`<${Create} />`}`}>
      <${Facts} of=${[
        ['State', html`<${Status} value=${project.status} />`],
        ['Slug', html`<${Code}>${project.slug}<//>`],
        ['Stored', `${bytes(quota.used_bytes)}${quota.max_bytes === null ? '' : ` of ${bytes(quota.max_bytes)}`}`],
        ['On its way', bytes(quota.reserved_bytes)],
        ['Open uploads', `${count(quota.open_uploads)}${quota.max_open_uploads === null ? '' : ` of ${count(quota.max_open_uploads)}`}`],
        ['Kept', project.retention_days === null ? 'as the storage policy says' : `${count(project.retention_days)} days`],
        ['Storage policy', policy ? html`<${Name}>${policy.name}<//>` : project.storage_policy_id === null ? 'the default one' : html`<${Code}>${project.storage_policy_id}<//>`],
        ['Made', html`<${Time} at=${project.created_at} />`],
        project.description && ['Description', html`<${Name}>${project.description}<//>`],
        ['Id', html`<${Code}>${project.project_id}<//>`],
      ]} />
      <h3>What this key may do here</h3>
      <p>${project.effective_permissions.map((code) => html`<span class="tag">${code}</span>`)}</p>
    <//>`;
}

const bounds = (values) => ({
  max_bytes: values.max_gib === '' ? null : Math.round(Number(values.max_gib) * GIB),
  max_open_uploads: numberOrNull(values.max_open_uploads),
});

const Edit = ({ project, root }) => html`
  <${Opener} text="Edit" dialog=${(close) => html`
    <${FormDialog} title="Edit the project" onClose=${close}
      fields=${[
        { name: 'name', label: 'Name', value: project.name, required: true, maxlength: 200 },
        { name: 'description', label: 'Description', value: project.description ?? '', type: 'text-area', rows: 2 },
        { name: 'max_gib', label: 'At most stored, in GiB', type: 'number', min: 0, step: 'any', value: project.quota.max_bytes === null ? '' : project.quota.max_bytes / GIB, hint: 'Empty for no bound.' },
        { name: 'max_open_uploads', label: 'Open uploads at most', type: 'number', min: 0, value: project.quota.max_open_uploads ?? '', hint: 'Empty for no bound of its own.' },
        { name: 'retention_days', label: 'Days that datasets are kept', type: 'number', min: 0, value: project.retention_days ?? '', hint: 'Empty leaves it as it is.' },
      ]}
      act=${async (values) => {
        await api.patch(root, { name: values.name, description: values.description, quota: bounds(values), retention_days: numberOrNull(values.retention_days), version: project.version });
        await refresh();
      }} />`} />`;

const ChoosePolicy = ({ project, root, policies }) => html`
  <${Opener} text="Storage policy" dialog=${(close) => html`
    <${FormDialog} title="How this project stores" onClose=${close} about="Uploads that have begun keep theirs."
      fields=${[{ name: 'policy', label: 'Storage policy', type: 'select', value: project.storage_policy_id ?? '',
        options: [{ value: '', text: 'the default one' }, ...policies.filter((p) => p.status === 'ACTIVE').map((p) => ({ value: p.storage_policy_id, text: p.name }))] }]}
      act=${async ({ policy }) => { await api.post(`${root}/storage-policy`, { storage_policy_id: policy || null, version: project.version }); await refresh(); }} />`} />`;

const Create = () => html`
  <${Opener} text="New project" dialog=${(close) => html`
    <${FormDialog} title="New project" confirm="Make it" onClose=${close}
      fields=${[
        { name: 'name', label: 'Name', required: true, maxlength: 200 },
        { name: 'slug', label: 'Slug', required: true, pattern: '[a-z0-9][a-z0-9\\-]*', maxlength: 63, hint: 'Small letters, digits and dashes.' },
      ]}
      act=${async (values) => { const made = await api.post('/v1/projects', values); await refresh(); choose(made.project_id); }} />`} />`;
