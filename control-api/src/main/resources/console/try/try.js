// Any call of the API with the key of this tab: what /docs describes, to be tried out.
import * as api from '../api.js';
import { html, useState } from '../html.js';
import { place, remember } from '../router.js';
import { useProject } from '../session.js';
import { Act, Code, Copyable, Failure, Field, Loading, Page, Panel, useLoad } from '../ui.js';
import { visible } from '../format.js';
import { callsOf, curlOf, draftOf, requestOf } from './calls.js';

export default function Try() {
  const { project } = useProject();
  const { data: calls, error, reload } = useLoad(async () => callsOf(await api.get('/openapi.json')), []);
  const [chosen, setChosen] = useState(place.get().query.call ?? 'listProjects');
  const about = 'With your own key and for real: what a call changes is changed.';
  if (!calls) {
    return html`<${Page} title="Try the API" about=${about}>${error ? html`<${Failure} error=${error} retry=${reload} />` : html`<${Loading} />`}<//>`;
  }
  const call = calls.find((one) => one.id === chosen) ?? calls[0];
  const choose = (id) => {
    setChosen(id);
    remember({ call: id });
  };
  return html`
    <${Page} title="Try the API" about=${about} actions=${html`<a class="button" href=${`/docs#${call.id}`} target="_blank" rel="noreferrer">Read about it</a>`}>
      <${Field} label="Call" type="select" current=${call.id} onValue=${choose}
        options=${calls.map(({ id, method, path, summary }) => ({ value: id, text: `${method} ${path} · ${summary}` }))} />
      <${Call} key=${call.id} call=${call} projectId=${project.project_id} />
    <//>`;
}

function Call({ call, projectId }) {
  const [values, setValues] = useState(draftOf(call, projectId));
  const [sent, setSent] = useState(null);
  const set = (name) => (value) => setValues((before) => ({ ...before, [name]: value }));
  const send = async () => {
    const request = requestOf(call, values);
    setSent({ curl: curlOf(request, location.origin), answer: await api.raw(request) });
  };
  return html`
    <${Panel} title=${`${call.method} ${call.path}`} actions=${html`<${Act} tone="main" act=${send}>Send<//>`}>
      ${call.parameters.map(({ name, required, place: where, about }) => html`<${Field} key=${name} label=${name} hint=${about}
        required=${required || where === 'path'} current=${values[name]} onValue=${set(name)} />`)}
      ${call.body !== undefined && html`<${Field} label="Body" type="text-area" rows="12" current=${values.body} onValue=${set('body')} />`}
      ${call.parameters.length === 0 && call.body === undefined && html`<p class="quiet">It takes nothing.</p>`}
    <//>
    ${sent && html`<${Answer} ...${sent} />`}`;
}

function Answer({ curl, answer }) {
  const { status, ms, requestId, text } = answer;
  return html`
    <${Panel} title=${`Answer: ${status}`}>
      <p class="small quiet">after ${Math.round(ms)} ms${requestId && html`, request <${Code}>${requestId}<//>`}</p>
      <pre class="json" tabindex="0" aria-label="Answer">${pretty(text)}</pre>
      <${Copyable} label="The same with curl" text=${curl} />
    <//>`;
}

/** As JSON where it is; nothing in it turns the text around. */
function pretty(text) {
  let said = text;
  try {
    said = JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // then as it came
  }
  return said.split('\n').map(visible).join('\n');
}
