// The map of a file's parts: one square each, however many there are, as one path for each state.
import { now as serverNow } from './clock.js';
import { html } from './html.js';
import { count } from './format.js';

const STATES = [
  ['stored', 'stored'],
  ['told', 'acknowledged, not yet looked up in storage'],
  ['out', 'URL out'],
  ['failed', 'refused'],
  ['missing', 'missing'],
];

/**
 * What each part is, by its number − 1.
 *
 * @param {{part_count: number, status: string}} session
 * @param {Object[]} rows of GET …/parts
 * @param {Object[]} events the session's timeline, for the URLs that are out
 */
export function statesOf(session, rows, events, now = serverNow()) {
  const states = new Array(session.part_count).fill('missing');
  for (const event of events) {
    if (event.type === 'upload.presign_issued' && new Date(event.valid_until) > now) {
      event.part_numbers.forEach((number) => { states[number - 1] = 'out'; });
    }
  }
  for (const row of rows) {
    states[row.part_number - 1] = row.status === 'FAILED' ? 'failed' : row.confirmed ? 'stored' : 'told';
  }
  return session.status === 'COMPLETED' ? states.fill('stored') : states;
}

/** @param {{states: string[], label: string}} props */
export function PartMap({ states, label }) {
  const across = Math.min(states.length, states.length <= 40 ? 20 : states.length <= 400 ? 40 : states.length <= 2500 ? 100 : 160);
  const down = Math.ceil(states.length / across);
  const paths = Object.fromEntries(STATES.map(([state]) => [state, '']));
  states.forEach((state, i) => {
    paths[state] += `M${(i % across) + 0.08} ${Math.floor(i / across) + 0.08}h.84v.84h-.84z`;
  });
  const tally = STATES.map(([state, text]) => [state, text, states.filter((s) => s === state).length]).filter(([, , n]) => n > 0);
  const said = tally.map(([, text, n]) => `${count(n)} ${text}`).join(', ');
  return html`
    <div class="parts">
      <svg viewBox=${`0 0 ${across} ${down}`} role="img" aria-label=${`${label}: ${said}`} style=${{ maxWidth: `${across * 22}px` }}>
        ${STATES.map(([state]) => paths[state] && html`<path class=${state} d=${paths[state]} />`)}
      </svg>
      <p class="legend">${tally.map(([state, text, n]) => html`<span><i class=${state}></i>${count(n)} ${text}</span>`)}</p>
    </div>`;
}
