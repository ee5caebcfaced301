// A server, a store and a time that a test has in its hand.
import './older-node.js';
import { Uploader } from '../upload/waybill-upload.js';
import { Memory } from '../upload/memory.js';
import { Sums } from '../upload/sums.js';

export const MIB = 1 << 20;
export const PART = 1000;

/** Time moves only when nothing else can. */
export class ManualTime {
  #now = 0;
  #timers = new Set();
  /** How many timers were set. */
  calls = 0;

  now = () => this.#now;

  after = (ms, then) => {
    this.calls++;
    const timer = { at: this.#now + ms, then };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  step() {
    const next = [...this.#timers].sort((a, b) => a.at - b.at)[0];
    if (next) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.then();
    }
  }

  /** Lets everything happen until the promise is kept; fails when that takes years. */
  async until(promise) {
    let isOver = false;
    const end = promise.then(() => (isOver = true), () => (isOver = true));
    for (let steps = 0; !isOver; steps++) {
      if (steps > 20_000) {
        throw new Error(`nothing ends, and it is ${this.#now} ms`);
      }
      for (let turn = 0; turn < 4; turn++) {
        await new Promise(setImmediate);
      }
      if (!isOver) {
        this.step();
      }
    }
    await end;
    return promise;
  }

  /** Lets everything happen until it is so. */
  untilSo(condition) {
    return this.until((async () => {
      while (!condition()) {
        await new Promise(setImmediate);
      }
    })());
  }
}

export function refusal(status, code, more = {}) {
  return Object.assign(new Error(more.message ?? code), { status, code, ...more });
}

export class World {
  time = new ManualTime();
  memory = new Memory(undefined);
  /** session id → {status, parts: Map(number → bytes), ...} */
  sessions = new Map();
  tasks = new Map();
  calls = [];
  puts = [];
  mostAtOnce = 0;
  atOnce = 0;
  algorithm = null;
  lifeSeconds = 86_400;
  urlSeconds = 900;
  isReachable = true;
  /** URL → when it was made. */
  madeAt = new Map();
  /** Asked before each call of the API; throws to refuse. */
  onCall = () => {};
  /** Asked before each PUT; answers an outcome to use instead. */
  onPut = () => null;
  #ids = 0;

  uploader(options = {}) {
    return new Uploader({
      api: { call: (method, path, more = {}) => this.call(method, path, more) },
      ...options,
      parts: {
        memory: this.memory,
        put: (part) => this.#put(part),
        time: this.time,
        random: () => 0.5,
        origin: 'https://page.example',
        isReached: async () => this.isReachable,
        sums: new Sums(() => null),
        ...options.parts,
      },
    });
  }

  /** Uploads to the end; answers the last snapshot. */
  async uploads(files, options = {}) {
    const upload = await this.uploader(options).upload(files, { projectId: 'p', partSizeBytes: PART });
    return this.time.until(upload.finished);
  }

  session(n = 0) {
    return [...this.sessions.values()][n];
  }

  stored(n = 0) {
    const { parts } = this.session(n);
    return Buffer.concat([...parts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes));
  }

  count(pattern) {
    return this.calls.filter((call) => pattern.test(call)).length;
  }

  async call(method, path, { body, idempotencyKey }) {
    await null;
    const call = `${method} ${path}`;
    this.calls.push(call);
    await this.onCall(call, body);
    const [, , first, id, ...rest] = path.split('?')[0].split('/');
    if (first === 'describe') {
      return { storage_endpoint: 'https://store.example' };
    }
    return first === 'uploads' ? this.#ofSession(this.#session(id), rest.join('/'), body)
      : this.#ofTask(rest, body, idempotencyKey);
  }

  #session(id) {
    const session = this.sessions.get(id);
    if (!session) {
      throw refusal(404, 'upload_session.not_found');
    }
    return session;
  }

  #ofTask([, id, what, object], body, key) {
    if (!id) {
      const made = this.tasks.get(key) ?? { task_id: `task-${key}`, objects: body.objects.map((o) => this.#open(o)) };
      this.tasks.set(key, made);
      return { ...made, objects: made.objects.map((o) => this.#answer(o, body.presign.first)) };
    }
    const task = [...this.tasks.values()].find((each) => each.task_id === id);
    if (!what) {
      return { task_id: id, project_id: 'p', task_name: null,
        objects: task.objects.map((o) => ({ ...this.#answer(o, 0), file_size_bytes: o.file_size_bytes })) };
    }
    if (what === 'objects') {
      const old = task.objects.find((each) => each.object_id === object);
      return this.#answer(Object.assign(old, this.#open(old, object)), 0);
    }
    const to = { pause: 'PAUSED', resume: 'UPLOADING', cancel: 'ABORTED' }[what];
    task.objects.forEach((each) => (this.sessions.get(each.session_id).status = to));
    return { task_id: id, objects: [] };
  }

  #open(object, objectId = `object-${++this.#ids}`) {
    const size = object.part_size_bytes ?? PART;
    const id = `session-${++this.#ids}`;
    this.sessions.set(id, {
      id, status: 'INITIATED', parts: new Map(), size: object.file_size_bytes, partSize: size,
      count: Math.ceil(object.file_size_bytes / size), until: this.time.now() + this.lifeSeconds * 1000,
    });
    return { ...object, object_id: objectId, session_id: id, part_size_bytes: size };
  }

  #answer(object, first) {
    const session = this.sessions.get(object.session_id);
    const parts = Array.from({ length: Math.min(first, session.count) }, (_, n) => n + 1);
    return {
      ...object, status: first ? 'UPLOADING' : 'PENDING', instant: false, part_count: session.count,
      checksum_algorithm: this.algorithm, expires_in_seconds: this.lifeSeconds, last_error: null,
      presigned: first && !this.algorithm ? this.#urls(session, parts) : null,
    };
  }

  #urls(session, parts, checksums = {}) {
    return {
      expires_in_seconds: this.urlSeconds,
      parts: parts.map((part) => ({
        part_number: part,
        url: this.#url(`${session.id}/${part}`),
        required_headers: checksums[part] ? { 'x-amz-checksum': checksums[part] } : {},
      })),
    };
  }

  #url(part) {
    const url = `https://store.example/${part}?n=${++this.#ids}`;
    this.madeAt.set(url, this.time.now());
    return url;
  }

  #ofSession(session, what, body) {
    const left = Math.round((session.until - this.time.now()) / 1000);
    switch (what) {
      case '':
        return { status: session.status, expires_in_seconds: left, pause_reason: session.reason ?? null,
          expires_at: session.expiresAt, updated_at: session.updatedAt, last_error: session.error ?? null };
      case 'parts':
        return { next_cursor: null,
          parts: [...session.parts.keys()].map((part) => ({ part_number: part, status: 'UPLOADED' })) };
      case 'events':
        return { next_cursor: null, events: session.events ?? [] };
      case 'pause':
        session.status = 'PAUSED';
        return {};
      case 'extend':
        session.until += body.extend_by_seconds * 1000;
        session.status = session.status === 'EXPIRED' ? 'UPLOADING' : session.status;
        return { expires_in_seconds: Math.round((session.until - this.time.now()) / 1000) };
      default:
        return this.#whileOpen(session, what, body);
    }
  }

  #whileOpen(session, what, body) {
    if (!['INITIATED', 'UPLOADING'].includes(session.status)) {
      throw refusal(409, 'upload.invalid_state');
    }
    if (what === 'parts/presign') {
      return this.#urls(session, body.part_numbers, body.checksums);
    }
    if (what === 'parts/ack') {
      return {};
    }
    const missing = Array.from({ length: session.count }, (_, n) => n + 1).filter((n) => !session.parts.has(n));
    if (missing.length > 0) {
      throw refusal(409, 'upload.missing_parts', { details: { missing_part_numbers: missing } });
    }
    session.status = 'COMPLETED';
    session.sha256 = body.checksum_sha256;
    return { status: 'COMPLETED' };
  }

  async #put({ url, headers, body, onSent, signal }) {
    const [, id, part] = new URL(url).pathname.split('/');
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
    try {
      const put = { id, part: Number(part), url, headers, size: body.size, signal };
      this.puts.push(put);
      const other = await this.onPut(put, this.puts.length);
      if (other) {
        return other;
      }
      onSent(body.size);
      this.sessions.get(id).parts.set(put.part, Buffer.from(await body.arrayBuffer()));
      return { kind: 'stored', etag: `"${id}-${part}"` };
    } finally {
      this.atOnce--;
    }
  }
}

/** A file of bytes that no two parts share. */
export function file(name, size, seed = 1) {
  const bytes = Buffer.alloc(size);
  for (let at = 0, x = seed; at + 4 <= size; at += 4) {
    bytes.writeUInt32LE((x = (x * 1664525 + 1013904223) >>> 0), at);
  }
  return new File([bytes], name, { lastModified: 1_700_000_000_000 });
}
