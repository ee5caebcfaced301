// What pages are put together of. Nothing here knows what it is about.
import { html, useEffect, useMemo, useRef, useState } from './html.js';
import { store, useStore } from './store.js';
import * as format from './format.js';

/** One at a time: who asks while it runs gets it once more afterwards, however many they are. */
function oneAtATime(act) {
  let running = null;
  let next = null;
  const run = () => {
    if (running) {
      next ??= running.then(() => {
        next = null;
        return run();
      });
      return next;
    }
    running = act().finally(() => { running = null; });
    return running;
  };
  return run;
}

/** Loads when the page is drawn and when `deps` change; an answer to what is not asked any more is dropped. */
export function useLoad(load, deps) {
  const [state, setState] = useState({ data: null, error: null, loading: true });
  const turn = useRef(0);
  const reload = useMemo(() => oneAtATime(async () => {
    const mine = turn.current;
    setState((before) => ({ ...before, loading: true }));
    try {
      const data = await load();
      if (mine === turn.current) {
        setState({ data, error: null, loading: false });
      }
    } catch (error) {
      if (mine === turn.current) {
        setState((before) => ({ ...before, error, loading: false }));
      }
    }
  }), deps);
  useEffect(() => {
    setState({ data: null, error: null, loading: true });
    reload();
    return () => { turn.current++; };
  }, deps);
  return { ...state, reload };
}

const MOST_READ_AGAIN = 4;
const NOTHING_READ = { items: [], cursor: null, error: null, loading: true };

/**
 * A list of the API, page by page: `fetchPage(cursor)` answers one, `name` is the list's in it, `idOf` tells one from
 * another.
 */
export function usePages(name, fetchPage, deps, idOf = firstMember) {
  const [state, setState] = useState(NOTHING_READ);
  const list = useMemo(() => pagesOf(name, fetchPage, idOf, setState), deps);
  useEffect(() => {
    setState(NOTHING_READ);
    list.reload();
    return list.leave;
  }, [list]);
  return { ...state, more: list.more, reload: list.reload };
}

/** Reads one page after the other: more of a list is never dropped because its beginning is read again, nor the reverse. */
function pagesOf(name, fetchPage, idOf, show) {
  let known = NOTHING_READ;
  let pageSize = 50;
  let isLeft = false;
  let last = Promise.resolve();
  const set = (change) => {
    if (!isLeft) {
      known = { ...known, ...change };
      show(known);
    }
  };
  const read = async (cursor, pages, put) => {
    set({ loading: true });
    try {
      const items = [];
      let next = cursor;
      for (let i = 0; i < pages; i++) {
        const page = await fetchPage(next);
        pageSize = Math.max(1, page[name].length);
        items.push(...page[name]);
        next = page.next_cursor;
        if (next === null) {
          break;
        }
      }
      set({ ...put(items, next), error: null, loading: false });
    } catch (error) {
      set({ error, loading: false });
    }
  };
  const inTurn = (act) => oneAtATime(() => (last = last.then(() => isLeft || act())));
  return {
    more: inTurn(() => known.cursor && read(known.cursor, 1, (items, cursor) => ({ items: [...known.items, ...items], cursor }))),
    // the newest are read again; what is far down the list stays as it was, so that it does not jump
    reload: inTurn(() => read(null, Math.min(MOST_READ_AGAIN, Math.ceil(known.items.length / pageSize) || 1),
      (items, cursor) => merged(known, items, cursor, idOf))),
    leave: () => { isLeft = true; },
  };
}

/** Most answers begin with their own id. */
const firstMember = (item) => item[Object.keys(item)[0]];

function merged(before, items, cursor, idOf) {
  const last = items.length === 0 ? -1 : before.items.findIndex((item) => idOf(item) === idOf(items.at(-1)));
  const isWhole = cursor === null || last < 0 || last === before.items.length - 1;
  return isWhole ? { items, cursor } : { items: [...items, ...before.items.slice(last + 1)], cursor: before.cursor };
}

/** Calls again and again while the page can be seen. */
export function useEvery(seconds, act) {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const timer = setInterval(() => document.hidden || latest.current(), seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds]);
}

export function Page({ title, about, actions, back, children }) {
  useEffect(() => {
    document.title = typeof title === 'string' ? `${title} · Waybill` : 'Waybill';
  }, [title]);
  return html`
    <header class="page-head">
      <div>
        ${back && html`<a class="back" href=${back.href}>← ${back.text}</a>`}
        <h1>${title}</h1>
        ${about && html`<p class="about">${about}</p>`}
      </div>
      <div class="actions">${actions}</div>
    </header>
    ${children}`;
}

export const Panel = ({ title, count, actions, children, className = '' }) => html`
  <section class=${`panel ${className}`} aria-label=${typeof title === 'string' ? title : undefined}>
    ${title && html`<header><h2>${title}${count !== undefined && html` <span class="count">${count}</span>`}</h2>
      <div class="actions">${actions}</div></header>`}
    ${children}
  </section>`;

/** A name that somebody else has given: isolated, with every unseen mark made visible. */
export const Name = ({ children, fallback = '–' }) => {
  const text = format.visible(textOf(children)) || format.visible(fallback);
  return html`<bdi class="name" title=${text}>${text}</bdi>`;
};

export const Code = ({ children }) => html`<code>${format.visible(textOf(children))}</code>`;

const textOf = (children) => (Array.isArray(children) ? children.map(textOf).join('') : children ?? '');

const TONES = {
  good: ['COMPLETED', 'READY', 'ACTIVE', 'PASSED', 'DONE', 'DELIVERED', 'SKIPPED_INSTANT_UPLOAD', 'up', 'online', 'ok', 'ENABLED'],
  live: ['PROCESSING', 'UPLOADING', 'COMPLETING', 'INITIATING', 'RUNNING', 'SENT', 'ACCEPTED', 'CLAIMED'],
  wait: ['PENDING', 'INITIATED', 'PAUSED', 'UPLOAD_PENDING', 'ARCHIVED', 'QUARANTINED', 'RECOVERY_PENDING', 'DISABLED', 'RETRYING'],
  bad: ['FAILED', 'EXPIRED', 'REJECTED', 'REVOKED', 'DEAD_LETTERED', 'down', 'RECOVERY_MISSING_OBJECT'],
};

const toneOf = (value) => Object.keys(TONES).find((tone) => TONES[tone].includes(value)) ?? 'idle';

export const Status = ({ value, text }) => html`
  <span class=${`status ${toneOf(value)}`}>${text ?? format.word(value)}</span>`;

/** A moment, with all of it where the pointer rests. */
export function Time({ at, relative = false }) {
  const [, draw] = useState(0);
  useEffect(() => {
    if (!relative) {
      return undefined;
    }
    const timer = setInterval(() => draw((n) => n + 1), 10_000);
    return () => clearInterval(timer);
  }, [relative]);
  if (!at) {
    return html`<span class="quiet">–</span>`;
  }
  return html`<time datetime=${at} title=${format.instant(at)}>${relative ? format.ago(at) : format.moment(at)}</time>`;
}

export function Bar({ part, whole, label, tone = 'live' }) {
  const value = whole ? Math.min(100, (part / whole) * 100) : 0;
  return html`
    <div class=${`bar ${tone}`} role="progressbar" aria-label=${label} aria-valuemin="0" aria-valuemax="100"
      aria-valuenow=${Math.floor(value)}><i style=${{ width: `${value}%` }}></i></div>`;
}

/** A refusal in the API's words, with what to tell who is asked for help. */
export const Failure = ({ error, retry }) => error && html`
  <div class="notice bad" role="alert">
    <p><strong>${error.message}</strong></p>
    ${(error.details?.errors ?? []).map((one) => html`<p class="small"><code>${one.field}</code> ${one.message}</p>`)}
    <p class="small quiet"><code>${error.code ?? error.name}</code>
      ${error.requestId && html` request <code>${error.requestId}</code>`}</p>
    ${retry && html`<button onClick=${retry}>Try again</button>`}
  </div>`;

export const Empty = ({ children }) => html`<p class="empty">${children}</p>`;

export const Loading = () => html`<p class="empty" role="status">Loading…</p>`;

/**
 * Rows under headings. A column is `{head, cell, num, wide}`; with `pick`, rows can be chosen; it may be false.
 *
 * @param {{caption: string, columns: Object[], rows: Object[], keyOf: function(Object): string, pick?: {chosen: Set<string>, set: function(Set<string>)}}} props
 */
export function Table({ caption, columns, rows, keyOf, pick: offered }) {
  const pick = offered || null;
  const toggle = (key) => {
    const next = new Set(pick.chosen);
    if (!next.delete(key)) {
      next.add(key);
    }
    pick.set(next);
  };
  const all = pick && rows.length > 0 && rows.every((row) => pick.chosen.has(keyOf(row)));
  return html`
    <div class="table-box" tabindex="0" role="region" aria-label=${caption}>
      <table>
        <caption class="unseen">${caption}</caption>
        <thead><tr>
          ${pick && html`<th class="pick"><input type="checkbox" aria-label="All rows" checked=${all}
            onChange=${() => pick.set(all ? new Set() : new Set(rows.map(keyOf)))} /></th>`}
          ${columns.map((column) => html`<th scope="col" class=${column.num ? 'num' : ''}>${column.head}</th>`)}
        </tr></thead>
        ${chunks(rows).map((chunk, i) => html`<${Chunk} key=${i} rows=${chunk} columns=${columns} keyOf=${keyOf} pick=${pick} toggle=${toggle} />`)}
      </table>
    </div>`;
}

const CHUNK = 40;

const chunks = (rows) => Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, i) => rows.slice(i * CHUNK, (i + 1) * CHUNK));

/** Some rows; far from what can be seen they are as high as they were, and empty. */
function Chunk({ rows, columns, keyOf, pick, toggle }) {
  const box = useRef(null);
  const height = useRef(0);
  const [isNear, setNear] = useState(true);
  useEffect(() => {
    const watch = new IntersectionObserver(([entry]) => {
      if (!entry.isIntersecting) {
        height.current = entry.boundingClientRect.height;
      }
      setNear(entry.isIntersecting);
    }, { rootMargin: '1200px 0px' });
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  if (!isNear) {
    return html`<tbody ref=${box}><tr style=${{ height: `${height.current}px` }}><td colspan=${columns.length + (pick ? 1 : 0)}></td></tr></tbody>`;
  }
  return html`
    <tbody ref=${box}>${rows.map((row) => html`
      <tr key=${keyOf(row)} class=${pick?.chosen.has(keyOf(row)) ? 'chosen' : ''}>
        ${pick && html`<td class="pick"><input type="checkbox" aria-label=${`Choose ${keyOf(row)}`}
          checked=${pick.chosen.has(keyOf(row))} onChange=${() => toggle(keyOf(row))} /></td>`}
        ${columns.map((column) => html`<td class=${`${column.num ? 'num' : ''} ${column.wide ? 'wide' : ''}`}>${column.cell(row)}</td>`)}
      </tr>`)}</tbody>`;
}

/** A button for more, which presses itself when it comes into sight. */
function More({ pages }) {
  const box = useRef(null);
  const latest = useRef(pages);
  latest.current = pages;
  useEffect(() => {
    const watch = new IntersectionObserver(([entry]) => entry.isIntersecting && latest.current.more(), { rootMargin: '400px 0px' });
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [pages.items.length]);
  return html`<p class="more" ref=${box}><button type="button" disabled=${pages.loading} onClick=${pages.more}>Show more</button></p>`;
}

/** A list of the API with what goes with it: nothing there, not there yet, more of it. */
export function List({ pages, empty, ...table }) {
  if (pages.items.length === 0) {
    return html`${pages.error ? html`<${Failure} error=${pages.error} retry=${pages.reload} />`
      : pages.loading ? html`<${Loading} />` : html`<${Empty}>${empty}<//>`}`;
  }
  return html`
    <${Failure} error=${pages.error} retry=${pages.reload} />
    <${Table} rows=${pages.items} ...${table} />
    ${pages.cursor && html`<${More} pages=${pages} />`}`;
}

const told = store([]);
let tellings = 0;

/** Says something that passes. */
export function tell(text, tone = 'good') {
  const id = ++tellings;
  told.set([...told.get(), { id, text, tone }]);
  setTimeout(() => told.set(told.get().filter((one) => one.id !== id)), tone === 'bad' ? 12_000 : 5_000);
}

export const tellFailure = (error) =>
  tell(`${error.message} (${error.code ?? error.name}${error.requestId ? `, request ${error.requestId}` : ''})`, 'bad');

export const Told = () => html`
  <div class="said" role="status" aria-live="polite">
    ${useStore(told).map((one) => html`<p key=${one.id} class=${one.tone}>${format.visible(one.text)}</p>`)}
  </div>`;

/** A button that works until its act is over, and says when that failed. */
export function Act({ act, done, tone = '', disabled, children, ...rest }) {
  const [busy, setBusy] = useState(false);
  const press = async () => {
    setBusy(true);
    try {
      if ((await act()) !== false && done) {
        tell(done);
      }
    } catch (error) {
      tellFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return html`<button type="button" class=${tone} disabled=${busy || disabled} aria-busy=${busy} onClick=${press} ...${rest}>
    ${children}</button>`;
}

export function Dialog({ title, onClose, children, wide }) {
  const box = useRef(null);
  useEffect(() => {
    const dialog = box.current;
    dialog.showModal();
    return () => dialog.open && dialog.close();
  }, []);
  return html`
    <dialog ref=${box} class=${wide ? 'large' : ''} aria-label=${title}
      onCancel=${(event) => { event.preventDefault(); onClose(); }}>
      <header><h2>${title}</h2>
        <button type="button" class="plain" aria-label="Close" onClick=${onClose}>✕</button></header>
      ${children}
    </dialog>`;
}

/**
 * A form in a dialog. `act(values)` is awaited; its refusal is shown, and what is wrong with a field beside it.
 *
 * @param {{title: string, about?: any, fields: Object[], confirm?: string, tone?: string, act: function(Object), onClose: function()}} props
 *     a field is `{name, label, type, value, hint, options, required}`
 */
export function FormDialog({ title, about, fields = [], confirm = 'Save', tone = 'main', act, onClose }) {
  const [values, setValues] = useState(Object.fromEntries(fields.map((f) => [f.name, f.value ?? (f.type === 'check' ? false : '')])));
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      if ((await act(values)) !== false) {
        onClose();
      }
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  };
  return html`
    <${Dialog} title=${title} onClose=${onClose}>
      <form onSubmit=${submit}>
        ${about && html`<div class="about">${about}</div>`}
        ${fields.map((f) => html`<${Field} key=${f.name} ...${f} problem=${error?.field?.(f.name)} current=${values[f.name]}
          onValue=${(value) => setValues((before) => ({ ...before, [f.name]: value }))} />`)}
        <${Failure} error=${error} />
        <footer><button type="button" onClick=${onClose}>Cancel</button>
          <button type="submit" class=${tone} disabled=${busy}>${confirm}</button></footer>
      </form>
    <//>`;
}

let fields = 0;

export function Field({ label, type = 'text', hint, options, required, problem, current, onValue, placeholder, rows, ...rest }) {
  const id = useRef(`field-${++fields}`).current;
  const common = { id, required, placeholder, 'aria-describedby': hint || problem ? `${id}-hint` : undefined,
    'aria-invalid': problem ? 'true' : undefined, onInput: (event) => onValue(event.target.value) };
  const input = type === 'select'
    ? html`<select ...${common} value=${current}>
        ${options.map((o) => html`<option value=${o.value ?? o} selected=${(o.value ?? o) === current}>${format.visible(o.text ?? o)}</option>`)}</select>`
    : type === 'text-area' ? html`<textarea ...${common} rows=${rows ?? 4} value=${current}></textarea>`
    : type === 'check' ? html`<input type="checkbox" ...${common} checked=${current} onInput=${(event) => onValue(event.target.checked)} />`
    : html`<input type=${type} ...${common} value=${current} ...${rest} />`;
  return html`
    <div class=${`field ${type}`}>
      <label for=${id}>${label}</label>${input}
      ${(problem || hint) && html`<p id=${`${id}-hint`} class=${problem ? 'problem' : 'hint'}>${problem ?? hint}</p>`}
    </div>`;
}

/** A dialog that is opened by a button: `dialog(close)` is what it shows. */
export function Opener({ text, tone = '', dialog, disabled, ...rest }) {
  const [open, setOpen] = useState(false);
  return html`<button type="button" class=${tone} disabled=${disabled} onClick=${() => setOpen(true)} ...${rest}>${text}</button>
    ${open && dialog(() => setOpen(false))}`;
}

/** A text to be taken along, such as a secret that is shown once. */
export function Copyable({ label, text }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return html`
    <div class="copyable"><p class="label">${label}</p>
      <div><pre tabindex="0" aria-label=${label}>${text}</pre>
      <button type="button" onClick=${copy}>${copied ? 'Copied' : 'Copy'}</button></div></div>`;
}

/** Names with what they are: `[name, value]`, or `[name, value, true]` for a long one. */
export const Facts = ({ of }) => html`
  <dl class="facts">${of.filter(Boolean).map(([name, value, whole]) => html`<div class=${whole ? 'whole' : ''}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;

/** One cause and one next step, in the API's words. */
export const Diagnosis = ({ of, title }) => of && html`
  <div class="notice warn diagnosis">
    <p><strong>${title ?? format.sentence(of.message)}</strong>
      ${of.since && html` <span class="quiet small"><${Time} at=${of.since} relative /></span>`}</p>
    ${title && html`<p>${format.sentence(of.message)}</p>`}
    <p class="small">→ ${format.sentence(of.next_step)}</p>
    <p class="small quiet"><code>${of.cause}</code></p>
  </div>`;
