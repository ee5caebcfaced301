// The only place of the console that calls the API. Every answer and every error passes here.
import { heard } from './clock.js';
import { store } from './store.js';

/** Why a call did not do what it should: the API's own words, or ours where none came. */
export class ApiError extends Error {
  constructor(status, code, message, details, requestId, retryAfterSeconds) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details ?? {};
    this.requestId = requestId;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** What is wrong with a field of the request, by its name. */
  field(name) {
    return (this.details.errors ?? []).find((error) => error.field === name)?.message;
  }
}

/** Whether the API answered the last time it was asked. */
export const reachable = store(true);

/** Set when the API does not know the key any more: the error that said so. */
export const turnedAway = store(null);

/** Set whenever the API says that the key may not do something: what it may has changed, perhaps. */
export const denied = store(null);

/** How often the person of this tab has gone: what one of them began is not said again by whoever comes next. */
export const signOuts = store(0);

let bearer = null;
let renew = () => false;
let lastTry = 0;

/** With which key all further calls are made; null for none. */
export function setKey(key) {
  bearer = key;
  turnedAway.set(null);
}

/** Nobody is signed in any more, and whoever comes next may be somebody else. */
export function letGo() {
  setKey(null);
  signOuts.set(signOuts.get() + 1);
}

/** Is asked for another key (`setKey`) when the API does not take the one at hand; answers whether there is one now. */
export function renewWith(act) {
  renew = act;
}

/** The key of this tab, for what calls the API by itself: the uploader. */
export const currentKey = () => bearer;

export const get = (path, query, options) => call('GET', path, { query, ...options });
export const post = (path, body, options) => call('POST', path, { body: body ?? {}, ...options });
export const patch = (path, body, options) => call('PATCH', path, { body, ...options });
export const del = (path, body, options) => call('DELETE', path, { body, ...options });

/**
 * One call. A change carries an Idempotency-Key, so that it can be sent again when no answer came: it is, once.
 *
 * @param {string} method
 * @param {string} path
 * @param {{query?: Object, body?: Object, signal?: AbortSignal, key?: string, idempotencyKey?: string, accept?: number[]}} [options]
 *     `key`: another than the tab's; `idempotencyKey`: of a call that is made again after a crash; `accept`: statuses that are no errors here
 * @returns {Promise<any>} the JSON of the answer; null where there is none
 */
export async function call(method, path, options = {}) {
  const init = request(method, options.body === undefined ? undefined : JSON.stringify(options.body), options);
  const url = path + queryOf(options.query);
  const isOurs = options.key === undefined;
  const response = isOurs ? await sendOurs(url, init) : await send(url, init, options.key);
  return answer(response, isOurs, options.accept ?? []);
}

/** One call as it is written, of which every answer is one; its body is text. */
export async function raw({ method, path, body }) {
  const began = performance.now();
  const response = await sendOurs(path, request(method, body));
  const text = await textOf(response);
  return { status: response.status, ms: performance.now() - began, requestId: response.headers.get('X-Request-ID'), text };
}

/** Without an answer for so long, the connection is taken for dead: what waits for it must not wait for ever. */
const READ_MS = 30_000;
const CHANGE_MS = 120_000;

function request(method, body, { signal, idempotencyKey } = {}) {
  const headers = { Accept: 'application/json' };
  if (method !== 'GET') {
    headers['Idempotency-Key'] = idempotencyKey ?? uuid();
  }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  return { method, headers, body, signal: signal ?? AbortSignal.timeout(method === 'GET' ? READ_MS : CHANGE_MS), cache: 'no-store' };
}

const TURNED_AWAY_MS = 5000;

/** With the tab's key; where it is not taken any more, with the next one. A key that is refused is shown seldom. */
async function sendOurs(url, init) {
  const away = turnedAway.get();
  if (away && Date.now() - lastTry < TURNED_AWAY_MS) {
    throw away;
  }
  lastTry = Date.now();
  const shown = bearer;
  const turn = signOuts.get();
  const response = await send(url, init, shown);
  if (response.status === 401 && shown && (bearer !== shown || await renew() || bearer !== shown) && bearer
    && signOuts.get() === turn) {
    return send(url, init, bearer);
  }
  if (response.status !== 401 && away && turnedAway.get() === away) {
    turnedAway.set(null);
  }
  return response;
}

async function send(url, init, key) {
  if (key) {
    init.headers.Authorization = `Bearer ${key}`;
  }
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(url, init);
      reachable.set(true);
      heard(response.headers.get('Date'));
      return response;
    } catch (error) {
      if (error.name === 'AbortError') {
        throw error;
      }
      if (attempt === 2 || error.name === 'TimeoutError') {
        throw unreachable();
      }
      await new Promise((done) => setTimeout(done, 300));
    }
  }
}

function unreachable() {
  reachable.set(false);
  return new ApiError(0, 'console.unreachable',
    'The API does not answer. Is Waybill running, and is the network there? Nothing is lost; try again.');
}

/** The body of an answer, which may break off when its head is here: then nobody knows the answer. */
async function textOf(response) {
  try {
    return await response.text();
  } catch (error) {
    throw error.name === 'AbortError' ? error : unreachable();
  }
}

async function answer(response, isOurs, accepted = []) {
  const text = await textOf(response);
  const value = json(text);
  if ((response.ok || accepted.includes(response.status)) && (value !== undefined || text === '')) {
    return value ?? null;
  }
  const error = failure(response, value?.error);
  if (response.status === 401 && isOurs) {
    turnedAway.set(error);
  } else if (error.code === 'auth.permission_denied' && isOurs) {
    denied.set(error);
  }
  throw error;
}

function failure(response, error) {
  const requestId = error?.request_id ?? response.headers.get('X-Request-ID');
  const retryAfter = Number(response.headers.get('Retry-After')) || null;
  if (error === undefined) {
    return new ApiError(response.status, 'console.not_the_api',
      `What answered (${response.status}) is not Waybill's API. Is there a proxy in between that changes its answers?`,
      {}, requestId, retryAfter);
  }
  return new ApiError(response.status, error.code, error.message, error.details, requestId, retryAfter);
}

function json(text) {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function queryOf(query) {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return pairs.length === 0 ? '' : '?' + new URLSearchParams(pairs);
}

/**
 * Follows server-sent events until the stream ends; EventSource could not send the key.
 *
 * @param {string} path
 * @param {{lastEventId: ?string, signal: AbortSignal, onOpen: function(), onEvent: function({id: ?string, type: string, data: any})}} options
 */
export async function stream(path, { lastEventId, signal, onOpen, onEvent }) {
  const headers = { Accept: 'text/event-stream' };
  if (lastEventId) {
    headers['Last-Event-ID'] = lastEventId;
  }
  const response = await sendOurs(path, { headers, signal, cache: 'no-store' });
  if (!response.ok) {
    await answer(response, true);
  }
  onOpen();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop();
    blocks.map(eventOf).filter((event) => event !== null).forEach(onEvent);
  }
}

function eventOf(block) {
  const event = { id: null, type: 'message', data: null };
  for (const line of block.split('\n')) {
    const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name === 'id') {
      event.id = value;
    } else if (name === 'event') {
      event.type = value;
    } else if (name === 'data') {
      event.data = json(value);
    }
  }
  return event.id === null && event.data === null ? null : event;
}

/** A random UUID, also where the page did not come over https. */
export function uuid() {
  if (crypto.randomUUID) {
    return crypto.randomUUID();
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
