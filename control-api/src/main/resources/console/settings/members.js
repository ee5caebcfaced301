// Who belongs to the project, and in which role.
import * as api from '../api.js';
import { html } from '../html.js';
import { useProject } from '../session.js';
import { Act, Code, FormDialog, List, Opener, Panel, Status, Time, usePages } from '../ui.js';
import { word } from '../format.js';

const ROLES = ['viewer', 'operator', 'maintainer', 'owner'];

export function Members() {
  const { root, may } = useProject();
  const pages = usePages('members', (cursor) => api.get(`${root}/members`, { cursor }), [root], (m) => m.subject_id);
  const manages = may('project.members.manage');
  return html`
    <${Panel} title="Members" className="flush" actions=${manages && html`<${Opener} text="Invite" tone="main" dialog=${(close) => html`
      <${FormDialog} title="Invite somebody" confirm="Invite" onClose=${close}
        fields=${[
          { name: 'subject_type', label: 'Who', type: 'select', value: 'user', options: ['user', 'group', 'api_key'].map((v) => ({ value: v, text: word(v) })) },
          { name: 'subject_id', label: 'Id', required: true, hint: 'The UUID of the user, the group or the key.' },
          { name: 'role', label: 'Role', type: 'select', value: 'viewer', options: ROLES },
        ]}
        act=${async (values) => { await api.post(`${root}/members/invite`, { ...values, subject_id: values.subject_id.trim() }); pages.reload(); }} />`} />`}>
      <${List} pages=${pages} caption="Members" keyOf=${(m) => m.subject_id} columns=${columns(root, manages, pages.reload)} empty="Nobody is a member: who gets in here does so by grants on the tenant." />
    <//>`;
}

const columns = (root, manages, reload) => [
  { head: 'Who', wide: true, cell: (m) => html`${word(m.subject_type)} <${Code}>${m.subject_id}<//>` },
  { head: 'Role', cell: (m) => m.role },
  { head: 'State', cell: (m) => html`<${Status} value=${m.status} />` },
  { head: 'Since', cell: (m) => html`<${Time} at=${m.created_at} />` },
  manages && { head: '', num: true, cell: (m) => html`<div class="actions"><${Buttons} member=${m} path=${`${root}/members/${m.subject_id}`} reload=${reload} /></div>` },
].filter(Boolean);

const Buttons = ({ member, path, reload }) => html`
  <${Opener} text="Role" dialog=${(close) => html`
    <${FormDialog} title="Another role" onClose=${close} fields=${[{ name: 'role', label: 'Role', type: 'select', value: member.role, options: ROLES }]}
      act=${async ({ role }) => { await api.patch(path, { role, version: member.version }); reload(); }} />`} />
  ${member.status === 'ACTIVE'
    ? html`<${Act} act=${async () => { await api.post(`${path}/disable`); reload(); }}>Disable<//>`
    : html`<${Act} act=${async () => { await api.post(`${path}/enable`); reload(); }}>Enable<//>`}
  <${Opener} text="Remove" tone="danger" dialog=${(close) => html`
    <${FormDialog} title="Remove this member?" confirm="Remove" onClose=${close} about="Its role's rights end at once."
      act=${async () => { await api.del(path); reload(); }} />`} />`;
