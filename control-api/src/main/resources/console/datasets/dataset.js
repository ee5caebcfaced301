// One dataset: what is in it, whether it is whole, where it came from, and what may be done with it.
import * as api from '../api.js';
import { html, useState } from '../html.js';
import { useProject } from '../session.js';
import { useNews } from '../live.js';
import { Act, Code, Diagnosis, Empty, Facts, Failure, Loading, Name, Page, Panel, Status, Time, useEvery, useLoad } from '../ui.js';
import { bytes, visible } from '../format.js';
import { Found } from './found.js';
import { Buttons, download } from './buttons.js';

const MOVING = ['UPLOADING', 'PROCESSING', 'UPLOAD_PENDING', 'PAUSED'];
const MOST_PICTURE_BYTES = 32 << 20;

export default function Dataset({ id }) {
  const { root, may } = useProject();
  const path = `${root}/datasets/${id}`;
  const { data: dataset, error, reload } = useLoad(() => api.get(path), [path]);
  const tags = useLoad(() => api.get(`${root}/tags`, { limit: 200 }), [root]);
  useNews(0.5, (event) => event.data?.dataset_id === id, reload);
  useEvery(5, () => dataset && MOVING.includes(dataset.status) && reload());
  const back = { href: '/datasets', text: 'Datasets' };
  if (!dataset) {
    return html`<${Page} title="Dataset" back=${back}>${error ? html`<${Failure} error=${error} retry=${reload} />` : html`<${Loading} />`}<//>`;
  }
  return html`
    <${Page} title=${html`<${Name}>${dataset.name}<//>`} back=${back}
      about=${html`<${Status} value=${dataset.status} /> ${bytes(dataset.object_size_bytes ?? dataset.file_size_bytes)} ${dataset.legal_hold && html`<${Status} value="PAUSED" text="legal hold" />`}`}
      actions=${html`<${Buttons} dataset=${dataset} path=${path} may=${may} tags=${tags.data?.tags ?? []} onDone=${reload} />`}>
      <${Failure} error=${error} retry=${reload} />
      <${Diagnosis} of=${dataset.diagnosis} />
      <div class="grid wide-left">
        <div>
          <${Contents} dataset=${dataset} path=${path} may=${may} />
          <${Validation} dataset=${dataset} path=${path} may=${may} onDone=${reload} />
        </div>
        <div>
          <${Panel} title="Dataset"><${About} dataset=${dataset} tags=${tags.data?.tags ?? []} /><//>
          <${Panel} title="Object"><${Stored} dataset=${dataset} /><//>
        </div>
      </div>
    <//>`;
}

function Contents({ dataset, path, may }) {
  const hasAny = Object.keys(dataset.preview_metadata).length > 0;
  const isPicture = /^image\/(png|jpeg|gif|webp|avif)$/.test(dataset.content_type ?? '') && (dataset.object_size_bytes ?? Infinity) <= MOST_PICTURE_BYTES;
  return html`
    <${Panel} title="What is in it">
      ${isPicture && dataset.status === 'READY' && may('dataset.download') && html`<${Picture} path=${path} name=${dataset.name} />`}
      ${hasAny ? html`<${Found} found=${dataset.preview_metadata} />`
        : !isPicture && html`<${Empty}>${dataset.preview_status === 'FAILED' ? 'It could not be looked into; see its validation.' : 'Nobody has looked into it: its storage policy asks for no validation, or no reader knows its format.'}<//>`}
    <//>`;
}

function Picture({ path, name }) {
  const [url, setUrl] = useState(null);
  return url ? html`<p><img class="preview-picture" src=${url} alt=${visible(name)} referrerpolicy="no-referrer" /></p>`
    : html`<${Act} act=${async () => setUrl((await download(path, 'preview in the console')).url)}>Show the picture<//>`;
}

function Validation({ dataset, path, may, onDone }) {
  const { data, error } = useLoad(() => api.get(`${path}/validation`), [path, dataset.version]);
  const retry = may('dataset.validate') && ['READY', 'QUARANTINED', 'REJECTED'].includes(dataset.status) && dataset.validation_status !== 'NOT_REQUIRED'
    && html`<${Act} act=${async () => { await api.post(`${path}/validation/retry`); onDone(); }} done="It will be validated again.">Validate again<//>`;
  return html`
    <${Panel} title="Validation" actions=${html`<${Status} value=${dataset.validation_status} /> ${retry}`}>
      <${Failure} error=${error} />
      ${data && data.results.length === 0 && html`<${Empty}>No validator has said anything of it.<//>`}
      ${(data?.results ?? []).map((one) => html`
        <details key=${one.result_id} open=${one.status === 'FAILED'}>
          <summary><strong><${Name}>${one.validator}<//></strong> <span class="quiet">${one.validator_version}</span> <${Status} value=${one.status} /> <${Time} at=${one.finished_at} relative /></summary>
          ${one.errors.map((text) => html`<p class="problem"><${Name}>${text}<//></p>`)}
          <${Found} found=${one.extracted} />
        </details>`)}
    <//>`;
}

function About({ dataset, tags }) {
  const names = new Map(tags.map((t) => [t.tag_id, t.name]));
  return html`<${Facts} of=${[
    ['File', html`<${Name}>${dataset.original_filename}<//>`],
    ['Type', html`<${Name}>${dataset.content_type}<//>`],
    ['From', dataset.source_device_id ? html`<a href=${`/devices/${dataset.source_device_id}`}><${Name}>${dataset.source_device_code ?? 'device'}<//></a>` : html`<${Name}>${dataset.source_device_code}<//>`],
    ['Classification', html`<${Name}>${dataset.classification}<//>`],
    ['Tags', dataset.tag_ids.length > 0 ? dataset.tag_ids.map((id) => html`<span class="tag"><${Name}>${names.get(id) ?? '…'}<//></span>`) : '–'],
    ['Made', html`<${Time} at=${dataset.created_at} />`],
    dataset.ready_at && ['Ready', html`<${Time} at=${dataset.ready_at} />`],
    dataset.archived_at && ['Archived', html`<${Time} at=${dataset.archived_at} />`],
    dataset.deleted_at && ['In the recycle bin', html`<${Time} at=${dataset.deleted_at} />`],
    dataset.recovery_status !== 'NORMAL' && ['Recovery', html`<${Status} value=${dataset.recovery_status} />`],
    ...Object.entries(dataset.labels).map(([name, value]) => [visible(name), html`<${Name}>${value}<//>`]),
    ...Object.entries(dataset.metadata).map(([name, value]) => [visible(name), html`<${Name}>${typeof value === 'object' ? JSON.stringify(value) : String(value)}<//>`]),
  ]} />`;
}

const Stored = ({ dataset }) => html`<${Facts} of=${[
  ['SHA-256', html`<${Code}>${dataset.checksum_sha256 ?? '–'}<//>`],
  ['ETag', html`<${Code}>${dataset.object_etag ?? '–'}<//>`],
  dataset.object_version_id && ['Version', html`<${Code}>${dataset.object_version_id}<//>`],
  ['Bucket', html`<${Code}>${dataset.bucket ?? '–'}<//>`],
  ['Key', html`<${Code}>${dataset.object_key ?? '–'}<//>`],
  ['Id', html`<${Code}>${dataset.dataset_id}<//>`],
]} />`;
