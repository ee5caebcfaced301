// How much in each minute: bars over the last hour, drawn as one path.
import { html } from '../html.js';
import { bytes, moment } from '../format.js';

/**
 * @param {{values: number[], from: Date, label: string}} props  one value a minute, the oldest first
 */
export function MinuteChart({ values, from, label }) {
  const most = Math.max(1, ...values);
  const bars = values
    .map((value, i) => (value > 0 ? `M${i + 0.12} 100h.76v${-Math.max(1, (value / most) * 96)}h-.76z` : ''))
    .join('');
  return html`
    <svg class="chart" viewBox=${`0 0 ${values.length} 101`} preserveAspectRatio="none" role="img" aria-label=${label}>
      <path class="base" d=${`M0 100.5h${values.length}`} />
      <path class="bar-shape" d=${bars} />
    </svg>
    <div class="chart-foot"><span>${moment(from)}</span><span>most in a minute: ${most > 1 ? bytes(most) : '–'}</span><span>now</span></div>`;
}
