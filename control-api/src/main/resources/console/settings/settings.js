// What the project and the tenant are made of; each part is shown to who may see it.
import { html } from '../html.js';
import { useProject } from '../session.js';
import { place, remember } from '../router.js';
import { useStore } from '../store.js';
import { Page } from '../ui.js';
import { Project } from './project.js';
import { Members } from './members.js';
import { Policies } from './policies.js';
import { Tags } from './tags.js';
import { Keys } from './keys.js';
import { Grants } from './grants.js';
import { Webhooks } from './webhooks.js';

const PARTS = [
  { name: 'project', text: 'Project', View: Project },
  { name: 'members', text: 'Members', needs: 'project.members.view', View: Members },
  { name: 'policies', text: 'Storage policies', needs: 'storage_policy.view', View: Policies },
  { name: 'tags', text: 'Tags', needs: 'project.view', View: Tags },
  { name: 'keys', text: 'API keys', needs: 'api_key.view', View: Keys },
  { name: 'grants', text: 'Grants', needs: 'permission_grant.view', View: Grants },
  { name: 'webhooks', text: 'Webhooks', needs: 'admin.uploads', View: Webhooks },
];

export default function Settings() {
  const { may } = useProject();
  const { query } = useStore(place);
  const shown = PARTS.filter((part) => !part.needs || may(part.needs));
  const open = shown.find((part) => part.name === query.part) ?? shown[0];
  return html`
    <${Page} title="Settings">
      <div class="tabs" role="group" aria-label="Parts of the settings">${shown.map((part) => html`
        <button type="button" aria-pressed=${part === open} onClick=${() => remember({ part: part.name })}>${part.text}</button>`)}</div>
      <${open.View} key=${open.name} />
    <//>`;
}
