// In one look: who is online, what runs, how fast, what is stuck and why. What needs a person comes first.
import * as api from '../api.js';
import { html, useRef } from '../html.js';
import { useProject } from '../session.js';
import { useNews } from '../live.js';
import { Bar, Empty, Failure, Loading, Name, Page, Panel, Status, Time, useEvery, useLoad } from '../ui.js';
import { bytes, count, percent, rate } from '../format.js';
import { MinuteChart } from './chart.js';
import { everything, stuck } from './picture.js';
import { tells } from '../devices/presence.js';

export default function Fleet() {
  const { project, root, may } = useProject();
  const speed = useRef({ at: 0, sent: new Map(), rate: null });
  const { data, error, reload } = useLoad(() => everything(root, may).then((picture) => {
    picture.rate = rateOf(speed.current, picture.running);
    return picture;
  }), [root]);
  useEvery(5, reload);
  useNews(1, () => true, reload);
  return html`
    <${Page} title="Fleet" about=${html`<${Name}>${project.name}<//>`} actions=${may('dataset.upload', 'upload.create') && html`<a class="button main" href="/upload">Upload files</a>`}>
      <${Failure} error=${error} retry=${reload} />
      ${data ? html`<${Picture} of=${data} root=${root} />` : !error && html`<${Loading} />`}
    <//>`;
}

function Picture({ of }) {
  return html`
    <${Tiles} of=${of} />
    <div class="grid wide-left">
      <div><${Attention} of=${of} /><${Running} of=${of} /></div>
      <div><${Health} of=${of} /><${LastHour} of=${of} /></div>
    </div>`;
}

function Tiles({ of }) {
  const online = of.devices.filter((device) => device.online).length;
  const hasTold = of.devices.some(tells);
  const most = (list) => `${count(list.length)}${list.isCut ? '+' : ''}`;
  return html`
    <div class="tiles" role="group" aria-label="Now">
      <div class="tile"><p>Devices online</p><strong>${of.mayDevices && hasTold ? html`${count(online)} <small>of ${most(of.devices)}</small>` : html`– <small>${of.mayDevices && of.devices.length > 0 ? `none of ${most(of.devices)} has told` : ''}</small>`}</strong></div>
      <div class="tile"><p>Uploads running</p><strong>${most(of.running)} <small>${of.paused.length > 0 ? `${most(of.paused)} paused` : ''}</small></strong></div>
      <div class="tile"><p>Arriving now</p><strong>${of.rate === null ? html`<small>measuring…</small>` : rate(of.rate)}</strong></div>
      <div class="tile"><p>Stored in the last hour</p><strong>${bytes(of.lastHour.bytes)} <small>${count(of.lastHour.count)} files</small></strong></div>
    </div>`;
}

function Attention({ of }) {
  const needs = stuck(of);
  if (needs.length === 0) {
    return html`<${Panel} title="What needs you"><p class="calm">Nothing needs you. Everything that runs goes its way.</p><//>`;
  }
  return html`
    <${Panel} title="What needs you" count=${count(needs.length)}>
      <ul class="attention">${needs.slice(0, 12).map((one) => html`
        <li key=${one.href} class=${one.isBad ? 'bad' : ''}>
          <div class="head"><a href=${one.href}><${Name}>${one.name}<//></a>
            <span class="small quiet">${one.who && html`<${Name}>${one.who}<//> · `}${one.since && html`<${Time} at=${one.since} relative />`}</span></div>
          <p>${one.message}</p>
          ${one.next && html`<p class="next small">→ ${one.next}</p>`}
        </li>`)}</ul>
      ${needs.length > 12 && html`<p class="small"><a href="/uploads">All of ${count(needs.length)}</a></p>`}
    <//>`;
}

function Health({ of }) {
  return html`
    <${Panel} title="Health">
      <ul class="checks">
        ${of.checks.map((check) => html`<li key=${check.name}><span>${check.name}</span><${Status} value=${check.status} /></li>`)}
        ${of.outbox && html`<li><span>outbox</span>
          <span class="small"><${Status} value=${of.outbox.dead > 0 ? 'FAILED' : of.outbox.late > 0 ? 'PENDING' : 'up'}
            text=${of.outbox.dead > 0 ? `${of.outbox.dead} given up` : of.outbox.late > 0 ? `${of.outbox.late} late` : 'up'} />
          ${of.outbox.dead > 0 && html` <a href="/deliveries">see</a>`}</span></li>`}
        ${of.mayDevices && html`<li><span>devices heard of</span>
          <span class="small">${of.lastSeen ? html`<${Time} at=${of.lastSeen} relative />` : html`<span class="quiet">never</span>`}</span></li>`}
      </ul>
    <//>`;
}

function Running({ of }) {
  const tasks = [...of.running, ...of.paused].slice(0, 8);
  return html`
    <${Panel} title="Running" actions=${html`<a href="/uploads">All uploads</a>`} className="flush">
      ${tasks.length === 0 ? html`<${Empty}>Nothing is being uploaded.<//>` : html`
      <div class="table-box"><table><caption class="unseen">Uploads that run</caption><tbody>${tasks.map((task) => html`
        <tr key=${task.task_id}>
          <td class="wide"><a href=${`/uploads/${task.task_id}`}><${Name} fallback="unnamed">${task.task_name}<//></a>
            <span class="under"><${Name}>${of.nameOf(task)}<//></span></td>
          <td><div class="bar-cell"><${Bar} part=${task.uploaded_size_bytes} whole=${task.total_size_bytes} label="Progress" tone=${task.status === 'PAUSED' ? 'wait' : 'live'} />
            <span class="small quiet">${percent(task.uploaded_size_bytes, task.total_size_bytes)} of ${bytes(task.total_size_bytes)}</span></div></td>
          <td class="num"><${Status} value=${task.status} /></td>
        </tr>`)}</tbody></table></div>`}
    <//>`;
}

function LastHour({ of }) {
  return html`
    <${Panel} title="Stored, minute by minute">
      <${MinuteChart} values=${of.lastHour.minutes} from=${of.lastHour.from}
        label=${`Bytes stored in each minute of the last hour, ${bytes(of.lastHour.bytes)} in all`} />
    <//>`;
}

/** Bytes a second since the picture before this one; null for the first. */
function rateOf(before, running) {
  const at = performance.now();
  const seconds = (at - before.at) / 1000;
  const isFirst = before.at === 0;
  if (!isFirst && seconds < 2) {
    return before.rate;
  }
  const grown = running
    .map((task) => task.uploaded_size_bytes - (before.sent.get(task.task_id) ?? (isFirst ? task.uploaded_size_bytes : 0)))
    .reduce((sum, one) => sum + Math.max(0, one), 0);
  before.at = at;
  before.sent = new Map(running.map((task) => [task.task_id, task.uploaded_size_bytes]));
  before.rate = isFirst ? null : grown / seconds;
  return before.rate;
}
