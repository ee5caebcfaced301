// Who may do what, on what, one by one.
import * as api from '../api.js';
import { html } from '../html.js';
import { useProject } from '../session.js';
import { Code, FormDialog, List, Opener, Panel, Status, Time, usePages } from '../ui.js';
import { shortId, word } from '../format.js';

const SUBJECTS = ['user', 'group', 'device', 'api_key'];
const RESOURCES = ['tenant', 'project', 'dataset', 'upload_task', 'upload_session', 'device', 'tag_category', 'tag', 'storage_policy'];
const options = (values) => values.map((value) => ({ value, text: word(value) }));

export function Grants() {
  const { project, may } = useProject();
  const pages = usePages('permission_grants', (cursor) => api.get('/v1/permission-grants', { cursor }), []);
  return html`
    <${Panel} title="Grants" className="flush" actions=${may('permission_grant.create') && html`<${Opener} text="Grant something" tone="main" dialog=${(close) => html`
      <${FormDialog} title="Grant something" confirm="Grant" onClose=${close} about="Nobody grants what they do not have."
        fields=${[
          { name: 'subject_type', label: 'To whom', type: 'select', value: 'api_key', options: options(SUBJECTS) },
          { name: 'subject_id', label: 'Its id', required: true },
          { name: 'code', label: 'What', type: 'select', value: project.effective_permissions[0], options: project.effective_permissions },
          { name: 'effect', label: 'Effect', type: 'select', value: 'ALLOW', options: [{ value: 'ALLOW', text: 'allow' }, { value: 'DENY', text: 'deny, which beats every allow' }] },
          { name: 'resource_type', label: 'On what', type: 'select', value: 'project', options: options(RESOURCES) },
          { name: 'resource_id', label: 'Its id', value: project.project_id, hint: 'Empty for the tenant.' },
        ]}
        act=${async (v) => { await api.post('/v1/permission-grants', { ...v, subject_id: v.subject_id.trim(), resource_id: v.resource_id.trim() || null }); pages.reload(); }} />`} />`}>
      <${List} pages=${pages} caption="Grants" keyOf=${(g) => g.permission_grant_id} columns=${columns(may, pages.reload)} empty="There is none." />
    <//>`;
}

const columns = (may, reload) => [
  { head: 'Who', cell: (g) => html`<span title=${g.subject_id}>${word(g.subject_type)} ${shortId(g.subject_id)}</span>` },
  { head: 'Effect', cell: (g) => html`<${Status} value=${g.effect === 'ALLOW' ? 'ok' : 'FAILED'} text=${g.effect.toLowerCase()} />` },
  { head: 'What', wide: true, cell: (g) => html`<${Code}>${g.code}<//>` },
  { head: 'On what', cell: (g) => html`<span title=${g.resource_id}>${word(g.resource_type)} ${shortId(g.resource_id)}</span>` },
  { head: 'By', cell: (g) => g.source },
  { head: 'Ends', cell: (g) => (g.expires_at ? html`<${Time} at=${g.expires_at} />` : 'never') },
  may('permission_grant.delete') && { head: '', num: true, cell: (g) => g.source === 'manual' && html`<${Opener} text="Take back" tone="danger" dialog=${(close) => html`
    <${FormDialog} title="Take this grant back?" confirm="Take back" onClose=${close} about=${html`<${Code}>${g.code}<//> of ${word(g.subject_type)} ${shortId(g.subject_id)}`}
      act=${async () => { await api.del(`/v1/permission-grants/${g.permission_grant_id}`); reload(); }} />`} />` },
].filter(Boolean);
