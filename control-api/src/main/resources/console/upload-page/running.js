// An upload of this tab: how far it is, why it stands still, and what a person does to it.
import { html, useMemo } from '../html.js';
import { Act, Bar, Name, Panel, Status } from '../ui.js';
import { bytes, count, duration, moment, percent, rate, sentence, visible } from '../format.js';
import { clear } from './uploads-here.js';

const WORDS = {
  planned: ['wait', 'waiting its turn'], checking: ['live', 'checking'], sending: ['live', 'sending'],
  waiting: ['wait', 'waiting'], paused: ['wait', 'paused'], completing: ['live', 'completing'],
  done: ['good', 'done'], refused: ['bad', 'refused'], changed: ['bad', 'another file now'],
  aborted: ['idle', 'given up'], absent: ['wait', 'waiting for its file'],
};

/** Drawn anew when something of it has changed, and not whenever another upload moves. */
export function Running({ one, may }) {
  return useMemo(() => draw(one, may), [one, one.how, one.isOver, one.error, one.warnings.length]);
}

function draw({ upload, name, how, warnings, isOver, error }, may) {
  const isPaused = how.files.some((file) => file.state === 'paused');
  return html`
    <${Panel} title=${visible(name)} className="flush uploading" actions=${isOver
      ? html`<button type="button" onClick=${() => clear(how.id)}>Take off the list</button>`
      : html`<${Buttons} upload=${upload} isPaused=${isPaused} may=${may} />`}>
      <div class="sum">
        <${Bar} part=${how.sentBytes} whole=${how.totalBytes} label=${`Progress of ${name}`} tone=${isPaused ? 'wait' : 'live'} />
        <p><strong>${percent(how.sentBytes, how.totalBytes)}</strong> of ${bytes(how.totalBytes)}
          ${!isOver && how.bytesPerSecond > 0 && html` · ${rate(how.bytesPerSecond)} · ${duration(how.secondsLeft)} left`}
          ${how.taskId && html` · <a href=${`/uploads/${how.taskId}`}>details</a>`}</p>
        ${how.why && html`<p class="notice warn" role="status">${sentence(how.why)}</p>`}
        ${error && html`<p class="notice bad" role="alert">${sentence(error.message)}</p>`}
      </div>
      <${Files} name=${name} files=${how.files} />
      ${warnings.slice(-3).map((warning) => html`<p class="small quiet"><${Name}>${warning.file}<//>: ${sentence(warning.why)}</p>`)}
    <//>`;
}

function Buttons({ upload, isPaused, may }) {
  return html`
    ${isPaused && may('upload.resume') && html`<${Act} act=${() => upload.resume()}>Resume<//>`}
    ${!isPaused && may('upload.pause') && html`
      <${Act} act=${() => upload.pause()} title="Parts under way are sent to their end">Pause<//>
      <${Act} act=${() => upload.pause({ cancelInFlight: true })} title="Parts under way are broken off">Pause now<//>`}
    ${may('upload.cancel') && html`<${Act} tone="danger" act=${() => upload.cancel()}>Cancel<//>`}`;
}

/** Those that move or stand still first: of a thousand done ones nobody wants to see all. */
function Files({ name, files }) {
  const open = files.filter((file) => file.state !== 'done');
  const shown = [...open, ...files.filter((file) => file.state === 'done')].slice(0, 50);
  return html`
    <div class="table-box" tabindex="0" role="region" aria-label=${`Files of ${name}`}><table>
      <caption class="unseen">${`Files of ${name}`}</caption>
      <tbody>${shown.map((file) => html`<${File} key=${file.name} of=${file} />`)}</tbody>
    </table></div>
    ${files.length > shown.length && html`<p class="small quiet">and ${count(files.length - shown.length)} more</p>`}`;
}

function File({ of }) {
  const [, word] = WORDS[of.state];
  return html`
    <tr data-state=${of.state}>
      <td class="wide"><${Name}>${of.name}<//>
        ${of.why && html`<span class="under why">${sentence(of.why)}${of.again && html` Next try at ${moment(of.again)}.`}</span>`}</td>
      <td><div class="bar-cell"><${Bar} part=${of.sentBytes} whole=${of.size} label=${`Progress of ${of.name}`} />
        <span class="small quiet">${percent(of.sentBytes, of.size)} of ${bytes(of.size)}</span></div></td>
      <td class="num"><${Status} value=${STATUS[WORDS[of.state][0]]} text=${word} /></td>
    </tr>`;
}

/** The words of the API that have these colours. */
const STATUS = { wait: 'PENDING', live: 'UPLOADING', good: 'COMPLETED', bad: 'FAILED', idle: 'CANCELLED' };
