// What happened to a session, the newest first, each in a sentence.
import { html } from '../html.js';
import { Code, Empty, Name, Time } from '../ui.js';
import { moment } from '../format.js';

const SAID = {
  'upload.task_created': 'Task created', 'upload.initiated': 'Storage opened the upload', 'upload.started': 'The first URL was issued',
  'upload.presign_issued': 'URLs issued', 'upload.part_acknowledged': 'Parts acknowledged', 'upload.parts_reconciled': 'Compared with storage',
  'upload.paused': 'Paused', 'upload.resumed': 'Resumed', 'upload.extended': 'Given more time',
  'upload.complete_requested': 'Asked to complete', 'upload.complete_refused': 'Not completed: parts are missing or changed',
  'upload.complete_unknown': 'Storage gave no clear answer', 'upload.completed': 'Completed', 'upload.abort_requested': 'Asked to abort',
  'upload.aborted': 'Aborted', 'upload.expired': 'Its time is over', 'upload.failed': 'Failed', 'upload.cleanup_failed': 'What was left could not be cleared away',
  'upload.object_retried': 'The file is tried again',
};

/** Part numbers as a person writes them: 1–4, 7. */
export function ranges(numbers) {
  const said = [];
  for (let i = 0; i < numbers.length; i++) {
    let end = i;
    while (numbers[end + 1] === numbers[end] + 1) {
      end++;
    }
    said.push(i === end ? `${numbers[i]}` : `${numbers[i]}–${numbers[end]}`);
    i = end;
  }
  return said.length > 12 ? `${said.slice(0, 12).join(', ')} and ${said.length - 12} more` : said.join(', ');
}

export function Timeline({ events }) {
  if (events.length === 0) {
    return html`<${Empty}>Nothing yet.<//>`;
  }
  const newestFirst = [...events].sort((a, b) => (a.occurred_at < b.occurred_at ? 1 : a.occurred_at > b.occurred_at ? -1 : a.event_id < b.event_id ? 1 : -1));
  return html`<ol class="timeline" tabindex="0" aria-label="Timeline">${newestFirst.slice(0, 400).map((event) => html`
    <li key=${event.event_id}><${Time} at=${event.occurred_at} />
      <div><strong>${SAID[event.type] ?? event.type}</strong>
        ${event.part_numbers.length > 0 && html` <span>part ${ranges(event.part_numbers)}</span>`}
        ${event.valid_until && html` <span class="quiet">until ${moment(event.valid_until)}</span>`}
        ${event.details?.reason && html` <${Name}>${event.details.reason}<//>`}
        ${event.details?.error_code && html` <${Code}>${event.details.error_code}<//>`}
        <span class="small quiet"> by ${event.actor.split(':')[0]}</span></div></li>`)}</ol>`;
}
