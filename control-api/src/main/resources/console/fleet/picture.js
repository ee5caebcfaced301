// What the fleet page shows, asked of the API in one go.
import * as api from '../api.js';
import { now } from '../clock.js';
import { sentence } from '../format.js';

const PAGE = 200;
const MOST_PAGES = 5;
const MOST_LOOKED_INTO = 24;
const HOUR_MS = 3_600_000;

/** @returns everything there is to draw; what the key may not see is empty. */
export async function everything(root, may) {
  const mayTasks = may('dataset.view');
  const mayDevices = may('device.view');
  const none = Object.assign([], { isCut: false });
  const list = (allowed, path, name, query) => (allowed ? whole(path, name, query) : none);
  const [processing, pending, paused, failed, devices, datasets, checks, outbox] = await Promise.all([
    list(mayTasks, `${root}/upload-tasks`, 'upload_tasks', { status: 'PROCESSING' }),
    list(mayTasks, `${root}/upload-tasks`, 'upload_tasks', { status: 'PENDING' }),
    list(mayTasks, `${root}/upload-tasks`, 'upload_tasks', { status: 'PAUSED' }),
    list(mayTasks, `${root}/upload-tasks`, 'upload_tasks', { status: 'FAILED', created_after: new Date(now() - 72 * HOUR_MS).toISOString() }),
    list(mayDevices, `${root}/devices`, 'devices', {}),
    list(mayTasks, `${root}/datasets`, 'datasets', { created_after: new Date(now() - 24 * HOUR_MS).toISOString() }),
    health(),
    may('admin.uploads') ? outboxHealth() : null,
  ]);
  const running = Object.assign([...processing, ...pending], { isCut: processing.isCut || pending.isCut });
  const codes = new Map(devices.map((device) => [device.device_id, device.name || device.device_code]));
  return {
    running, paused, failed, devices, mayDevices, checks, outbox,
    reasons: await reasons(root, [...failed, ...paused, ...running]),
    lastSeen: devices.map((device) => device.last_seen_at).filter(Boolean).sort().at(-1) ?? null,
    lastHour: lastHour(datasets),
    nameOf: (task) => codes.get(task.source_device_id) ?? task.source_device_code ?? task.task_initiator,
  };
}

async function whole(path, name, query) {
  const items = [];
  let cursor = null;
  for (let i = 0; i < MOST_PAGES; i++) {
    const page = await api.get(path, { ...query, limit: PAGE, cursor });
    items.push(...page[name]);
    cursor = page.next_cursor;
    if (cursor === null) {
      break;
    }
  }
  return Object.assign(items, { isCut: cursor !== null });
}

/** A list has no diagnosis: each task that may stand still is asked for its own. */
async function reasons(root, tasks) {
  const found = new Map();
  const waiting = tasks.slice(0, MOST_LOOKED_INTO);
  const look = async () => {
    for (let task = waiting.shift(); task; task = waiting.shift()) {
      const whole = await api.get(`${root}/upload-tasks/${task.task_id}`).catch(() => null);
      if (whole?.diagnosis) {
        found.set(task.task_id, whole.diagnosis);
      }
    }
  };
  await Promise.all([look(), look(), look(), look()]);
  return found;
}

/** Readiness says the same with 503 where a part is down. */
async function health() {
  try {
    return (await api.get('/readyz', {}, { accept: [503] })).checks;
  } catch {
    return [{ name: 'API', status: 'down' }];
  }
}

async function outboxHealth() {
  try {
    const [dead, waiting] = await Promise.all([
      api.get('/v1/admin/outbox', { status: 'DEAD_LETTERED', limit: 100 }),
      api.get('/v1/admin/outbox', { status: 'PENDING', limit: 100 }),
    ]);
    const late = waiting.deliveries.filter((d) => now() - new Date(d.occurred_at) > 60_000);
    return { dead: dead.deliveries.length, late: late.length };
  } catch {
    return null;
  }
}

function lastHour(datasets) {
  const from = new Date(now() - HOUR_MS);
  const minutes = new Array(60).fill(0);
  let bytes = 0;
  let count = 0;
  for (const dataset of datasets) {
    const minute = Math.floor((new Date(dataset.ready_at) - from) / 60_000);
    if (dataset.ready_at && minute >= 0) {
      const size = dataset.object_size_bytes ?? dataset.file_size_bytes ?? 0;
      minutes[Math.min(59, minute)] += size;
      bytes += size;
      count++;
    }
  }
  return { from, minutes, bytes, count };
}

/** What does not go on by itself, the worst first. */
export function stuck(picture) {
  const parts = picture.checks
    .filter((check) => check.status !== 'up')
    .map((check) => ({ isBad: true, name: check.name, href: '/docs', since: null, message: `${check.name} does not answer.`,
      next: 'What needs it is refused for now, and nothing is lost. See its own logs.' }));
  const letters = picture.outbox?.dead
    ? [{ isBad: true, name: 'Deliveries', href: '/deliveries', since: null,
      message: `${picture.outbox.dead} events could not be delivered.`, next: 'See why, then replay them.' }]
    : [];
  const tasks = [...picture.failed, ...picture.paused, ...picture.running]
    .filter((task) => picture.reasons.has(task.task_id))
    .map((task) => {
      const why = picture.reasons.get(task.task_id);
      return { isBad: task.status === 'FAILED', name: task.task_name || 'unnamed upload', who: picture.nameOf(task),
        href: `/uploads/${task.task_id}`, since: why.since ?? task.updated_at, message: sentence(why.message), next: sentence(why.next_step) };
    });
  return [...parts, ...letters, ...tasks];
}
