// The signed receipt of what was completed, opened to be read and whole to be taken along.
import * as api from '../api.js';
import { html } from '../html.js';
import { Copyable, Empty, Failure, Panel, useLoad } from '../ui.js';

export function Receipt({ sessionId }) {
  const { data, error } = useLoad(() => api.get(`/v1/uploads/${sessionId}/receipt`), [sessionId]);
  if (!data) {
    return error && html`<${Failure} error=${error} />`;
  }
  return html`
    <${Panel} title="Receipt">
      ${data.receipt === null ? html`<${Empty}>This installation signs no receipts.<//>` : html`
        <details><summary>What it says</summary><pre class="json" tabindex="0">${claims(data.receipt)}</pre></details>
        <${Copyable} label="Signed receipt (JWS)" text=${data.receipt} />
        <p class="small quiet">Verified with the keys at <a class="inline" href="/v1/receipts/keys">/v1/receipts/keys</a>.</p>`}
    <//>`;
}

function claims(jws) {
  const bytes = Uint8Array.from(atob(jws.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  return JSON.stringify(JSON.parse(new TextDecoder().decode(bytes)), null, 2);
}
