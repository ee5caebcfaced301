// One task: its files, which parts are there, why it stands still, what happened, and what can be done.
import * as api from '../api.js';
import { html, useState } from '../html.js';
import { useProject } from '../session.js';
import { useNews } from '../live.js';
import { Act, Bar, Code, Diagnosis, Facts, Failure, FormDialog, Loading, Name, Opener, Page, Panel, Status, Time, useEvery, useLoad } from '../ui.js';
import { bytes, count, duration, instant, percent, shortId } from '../format.js';
import { PartMap, statesOf } from '../parts.js';
import { move, movesOf } from './moves.js';
import { Timeline } from './timeline.js';
import { Receipt } from './receipt.js';

const ENDED = ['COMPLETED', 'CANCELLED'];

export default function Upload({ id }) {
  const { root, may } = useProject();
  const path = `${root}/upload-tasks/${id}`;
  const { data: task, error, reload } = useLoad(() => api.get(path), [path]);
  const [shown, setShown] = useState(null);
  useNews(0.5, (event) => event.data?.task_id === id, reload);
  useEvery(3, () => task && !ENDED.includes(task.status) && reload());
  const back = { href: '/uploads', text: 'Uploads' };
  if (!task) {
    return html`<${Page} title="Upload" back=${back}>${error ? html`<${Failure} error=${error} retry=${reload} />` : html`<${Loading} />`}<//>`;
  }
  const object = task.objects.find((one) => one.object_id === shown) ?? task.objects[0];
  return html`
    <${Page} title=${html`<${Name} fallback=${task.objects[0]?.object_name ?? 'Upload'}>${task.task_name}<//>`} back=${back}
      about=${html`<${Status} value=${task.status} /> ${percent(task.uploaded_size_bytes, task.total_size_bytes)} of ${bytes(task.total_size_bytes)}`}
      actions=${html`${!ENDED.includes(task.status) && may('upload.presign') && html`<a class="button" href=${`/upload?task=${id}`}>Go on from this browser</a>`}
        <${Moves} path=${path} status=${task.status} may=${may} onDone=${reload} />`}>
      <${Failure} error=${error} retry=${reload} />
      <${Diagnosis} of=${task.diagnosis} />
      <${Panel}><${About} task=${task} /><//>
      ${task.objects.length > 1 && html`<${Files} task=${task} path=${path} may=${may} chosen=${object} choose=${setShown} onDone=${reload} />`}
      ${object && html`<${Session} key=${object.session_id} object=${object} alone=${task.objects.length === 1} known=${task.diagnosis?.message} may=${may} onDone=${reload} />`}
    <//>`;
}

const Moves = ({ path, status, may, onDone }) => movesOf(status, may).map((m) => (m.verb === 'cancel'
  ? html`<${Opener} key="cancel" text="Cancel" tone="danger" dialog=${(close) => html`
      <${FormDialog} title="Cancel this upload?" confirm="Cancel the upload" tone="main" onClose=${close}
        about="What was sent of it is dropped. Files that are complete stay."
        act=${async () => { await move(path, 'cancel'); onDone(); }} />`} />`
  : html`<${Act} key=${m.verb} act=${async () => { const all = await move(path, m.verb); onDone(); return all; }} done=${`The upload is ${m.done}.`}>${m.text}<//>`));

function About({ task }) {
  const from = task.source_device_id
    ? html`<a href=${`/devices/${task.source_device_id}`}><${Name}>${task.source_device_code ?? shortId(task.source_device_id)}<//></a>`
    : html`<${Name}>${task.source_device_code ?? task.task_initiator}<//>`;
  return html`
    <${Bar} part=${task.uploaded_size_bytes} whole=${task.total_size_bytes} label="Progress of the upload" tone=${task.status === 'COMPLETED' ? 'good' : task.status === 'PAUSED' ? 'wait' : 'live'} />
    <br />
    <${Facts} of=${[
      ['From', from],
      ['Files', `${count(task.completed_object_count)} of ${count(task.object_count)} complete${task.failed_object_count ? `, ${count(task.failed_object_count)} failed` : ''}`],
      ['Begun', html`<${Time} at=${task.created_at} />`],
      ['Last change', html`<${Time} at=${task.updated_at} relative />`],
      ['Task', html`<${Code}>${task.task_id}<//>`, true],
      Object.keys(task.metadata).length > 0 && ['Metadata', html`<${Code}>${JSON.stringify(task.metadata)}<//>`],
    ]} />`;
}

function Files({ task, path, may, chosen, choose, onDone }) {
  return html`
    <${Panel} title="Files" count=${count(task.object_count)} className="flush">
      <div class="table-box"><table><caption class="unseen">Files of this upload</caption>
        <thead><tr><th scope="col">File</th><th scope="col">Progress</th><th scope="col">State</th><th scope="col"></th></tr></thead>
        <tbody>${task.objects.map((object) => html`
          <tr key=${object.object_id} class=${object === chosen ? 'chosen' : ''}>
            <td class="wide"><button type="button" class="link" aria-pressed=${object === chosen} onClick=${() => choose(object.object_id)}><${Name}>${object.object_name}<//></button>
              ${object.last_error && html`<span class="under">${object.last_error.message}</span>`}</td>
            <td><div class="bar-cell"><${Bar} label="Progress" part=${object.uploaded_size_bytes} whole=${object.file_size_bytes} tone=${object.status === 'COMPLETED' ? 'good' : 'live'} />
              <span class="small quiet">${percent(object.uploaded_size_bytes, object.file_size_bytes)} of ${bytes(object.file_size_bytes)}</span></div></td>
            <td><${Status} value=${object.status} /></td>
            <td class="num"><${ObjectMoves} object=${object} path=${path} may=${may} onDone=${onDone} /></td>
          </tr>`)}</tbody></table></div>
    <//>`;
}

const AS_TASK = { PENDING: 'PENDING', UPLOADING: 'PROCESSING', PAUSED: 'PAUSED', FAILED: 'FAILED', CANCELLED: 'CANCELLED' };

const ObjectMoves = ({ object, path, may, onDone }) => html`<div class="actions">${movesOf(AS_TASK[object.status], may).filter((m) => m.verb !== 'cancel').map((m) => html`
  <${Act} key=${m.verb} act=${async () => { const all = await move(`${path}/objects/${object.object_id}`, m.verb); onDone(); return all; }} done=${`The file is ${m.done}.`}>${m.text}<//>`)}</div>`;

/** The session of one file: everything that is known of its way. */
function Session({ object, alone, known, may, onDone }) {
  const path = `/v1/uploads/${object.session_id}`;
  const { data, error, reload } = useLoad(() => whole(path), [path]);
  const isOpen = data && !['COMPLETED', 'ABORTED', 'FAILED'].includes(data.session.status);
  useNews(0.5, (event) => event.data?.session_id === object.session_id, reload);
  useEvery(2, () => isOpen && reload());
  if (!data) {
    return error ? html`<${Failure} error=${error} retry=${reload} />` : html`<${Loading} />`;
  }
  const { session, parts, events } = data;
  return html`
    ${!alone && session.diagnosis?.message !== known && html`<${Diagnosis} of=${session.diagnosis} title=${html`<${Name}>${object.object_name}<//>`} />`}
    <div class="grid wide-left">
      <div>
        <${Panel} title="Parts" count=${`${count(session.uploaded_part_count)} of ${count(session.part_count)}`}
          actions=${html`<${SessionActions} session=${session} path=${path} may=${may} onDone=${() => { reload(); onDone(); }} />`}>
          <${PartMap} states=${statesOf(session, parts, events)} label=${`Parts of ${session.original_filename}`} />
        <//>
        <${Panel} title="File"><${SessionFacts} session=${session} object=${object} /><//>
        ${session.status === 'COMPLETED' && html`<${Receipt} sessionId=${session.session_id} />`}
      </div>
      <${Panel} title="What happened"><${Timeline} events=${events} /><//>
    </div>`;
}

/** The session with all of its parts and its whole timeline. */
async function whole(path) {
  const [session, parts, events] = await Promise.all([
    api.get(path), all(`${path}/parts`, 'parts', 1000, 12), all(`${path}/events`, 'events', 200, 8)]);
  return { session, parts, events };
}

async function all(path, name, limit, pages) {
  const items = [];
  let cursor = null;
  for (let i = 0; i < pages; i++) {
    const page = await api.get(path, { limit, cursor });
    items.push(...page[name]);
    cursor = page.next_cursor;
    if (cursor === null) {
      break;
    }
  }
  return items;
}

function SessionActions({ session, path, may, onDone }) {
  const isOpen = ['INITIATED', 'UPLOADING', 'PAUSED'].includes(session.status);
  return html`
    ${isOpen && html`<${Act} act=${async () => { await api.get(path, { reconcile: true }); onDone(); }} done="The map is what storage says.">Ask storage<//>`}
    ${(isOpen || session.status === 'EXPIRED') && may('upload.presign') && html`<${Act} act=${async () => { await api.post(`${path}/extend`, { extend_by_seconds: 86_400 }); onDone(); }} done="It has a day more.">Extend by a day<//>`}
    ${isOpen && session.missing_part_count === 0 && may('upload.complete') && html`<${Act} tone="main" act=${async () => { await api.post(`${path}/complete`); onDone(); }} done="Complete.">Complete<//>`}`;
}

const SessionFacts = ({ session, object }) => html`<${Facts} of=${[
  ['Name', html`<${Name}>${object.object_name}<//>`],
  ['Dataset', html`<a href=${`/datasets/${session.dataset_id}`}>${shortId(session.dataset_id)}</a>`],
  ['Size', `${bytes(session.file_size_bytes)} in parts of ${bytes(session.part_size_bytes)}`],
  ['State', html`<${Status} value=${session.status} />`],
  session.paused_at && ['Paused', html`<${Time} at=${session.paused_at} /> ${session.pause_reason && html`<span class="under"><${Name}>${session.pause_reason}<//></span>`}`],
  session.status !== 'COMPLETED' && ['Ends', html`<span title=${instant(session.expires_at)}>${session.expires_in_seconds > 0 ? `in ${duration(session.expires_in_seconds)}` : 'over'}</span>`],
  object.retry_count > 0 && ['Tried again', `${count(object.retry_count)} ×`],
  ['Session', html`<${Code}>${session.session_id}<//>`, true],
  ['Object', html`<${Code}>${session.object_key}<//>`, true],
  session.last_error && ['Last error', html`${session.last_error.message} <${Code}>${session.last_error.code}<//>`],
]} />`;
