// How things are said: in the person's language, with units, and so that nothing pretends to be something else.
import { now as serverNow } from './clock.js';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
const NUMBER = new Intl.NumberFormat();
const INSTANT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const DAY_AND_CLOCK = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'narrow' });

// Marks that turn the direction of text, have no width, or end a line.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text of a device or a person, with every mark that could not be seen made visible. */
export function visible(text) {
  return String(text ?? '').replace(UNSEEN, (mark) =>
    `⟨U+${mark.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
}

export const count = (value) => NUMBER.format(value);

export function bytes(value) {
  if (value === null || value === undefined) {
    return '–';
  }
  let size = value;
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit++;
  }
  const digits = unit === 0 || size >= 100 ? 0 : 1;
  return `${size.toLocaleString(undefined, { maximumFractionDigits: digits, minimumFractionDigits: digits })} ${UNITS[unit]}`;
}

export const rate = (bytesPerSecond) => `${bytes(Math.round(bytesPerSecond))}/s`;

export function percent(part, whole) {
  if (!whole) {
    return '0 %';
  }
  // what is not whole is never called 100 %
  const value = part >= whole ? 100 : Math.min(99.9, Math.floor((part / whole) * 1000) / 10);
  return `${value.toLocaleString(undefined, { maximumFractionDigits: value < 10 || value > 99 ? 1 : 0 })} %`;
}

export function duration(seconds) {
  if (!Number.isFinite(seconds)) {
    return '–';
  }
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) {
    return `${s} s`;
  }
  if (s < 3600) {
    return `${Math.floor(s / 60)} min ${s % 60} s`;
  }
  if (s < 86400) {
    return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
  }
  return `${Math.floor(s / 86400)} d ${Math.floor((s % 86400) / 3600)} h`;
}

/** The instant in full, with its zone. */
export const instant = (at) => INSTANT.format(new Date(at));

/** Short: the time today, the day before that. */
export function moment(at) {
  const date = new Date(at);
  return (date.toDateString() === new Date().toDateString() ? CLOCK : DAY_AND_CLOCK).format(date);
}

/** Words of the API for a person: its instants in the local time, its ids by their ends. */
export const sentence = (text) => visible(text)
  .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, moment)
  .replace(/\b(api_key|user|group|device):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/g,
    (_, kind, id) => `${kind.replace('_', ' ')} ${shortId(id)}`);

/** How long ago, or in how long. */
export function ago(at, now = serverNow()) {
  const seconds = Math.round((new Date(at).getTime() - now) / 1000);
  const size = Math.abs(seconds);
  if (size < 5) {
    return 'now';
  }
  if (size < 60) {
    return RELATIVE.format(seconds, 'second');
  }
  if (size < 3600) {
    return RELATIVE.format(Math.round(seconds / 60), 'minute');
  }
  if (size < 2 * 86400) {
    return RELATIVE.format(Math.round(seconds / 3600), 'hour');
  }
  return RELATIVE.format(Math.round(seconds / 86400), 'day');
}

/** A word of a closed set, as a person reads it: UPLOAD_PENDING → upload pending. */
export const word = (code) => String(code ?? '').toLowerCase().replaceAll('_', ' ');

/** The end of an id, which is the part that differs. */
export const shortId = (id) => (id ? `…${id.slice(-8)}` : '–');
