// What readers have found in a file: facts, lists and tables, whatever the format is.
import { html } from '../html.js';
import { Facts, Name } from '../ui.js';
import { bytes, count, duration, instant } from '../format.js';

const isList = (value) => Array.isArray(value);
const isThing = (value) => value !== null && typeof value === 'object' && !isList(value);
const MOST_ROWS = 200;

/** @param {{found: Object}} props */
export function Found({ found }) {
  const entries = Object.entries(found).filter(([, value]) => value !== null && value !== '' && !(isList(value) && value.length === 0));
  const plain = entries.filter(([, value]) => !isList(value) && !isThing(value));
  const things = entries.filter(([, value]) => isThing(value));
  const lists = entries.filter(([, value]) => isList(value));
  return html`
    <${Facts} of=${plain.map(([name, value]) => [heading(name), said(name, value)])} />
    ${lists.map(([name, values]) => html`<div key=${name}><h3>${heading(name)} <span class="count quiet">${count(values.length)}</span></h3>
      ${values.every(isThing) ? html`<${Rows} name=${name} rows=${values} />` : html`<p>${values.slice(0, MOST_ROWS).map((v) => html`<span class="tag"><${Name}>${String(v)}<//></span>`)}</p>`}</div>`)}
    ${things.map(([name, thing]) => html`<div key=${name}><h3>${heading(name)}</h3><${Found} found=${thing} /></div>`)}`;
}

function Rows({ name, rows }) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].slice(0, 8);
  return html`
    <div class="table-box" tabindex="0" role="region" aria-label=${heading(name)}><table>
      <thead><tr>${columns.map((c) => html`<th scope="col" class=${rows.some((r) => typeof r[c] === 'number') ? 'num' : ''}>${heading(c)}</th>`)}</tr></thead>
      <tbody>${rows.slice(0, MOST_ROWS).map((row) => html`<tr>${columns.map((c) => html`
        <td class=${typeof row[c] === 'number' ? 'num' : ''}>${said(c, row[c])}</td>`)}</tr>`)}</tbody>
    </table></div>`;
}

/** durationSeconds → duration; sizeBytes → size; the rest with spaces. */
const heading = (name) => name.replace(/(Seconds|Bytes|_seconds|_bytes)$/, '').replace(/_/g, ' ')
  .replace(/([a-z])([A-Z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`) || name;

function said(name, value) {
  if (value === undefined || value === null) {
    return '–';
  }
  if (typeof value === 'number') {
    return /seconds$/i.test(name) ? duration(value) : /bytes$/i.test(name) ? bytes(value) : count(value);
  }
  if (typeof value === 'boolean') {
    return value ? 'yes' : 'no';
  }
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) {
    return instant(value);
  }
  return html`<${Name}>${typeof value === 'object' ? JSON.stringify(value) : value}<//>`;
}
