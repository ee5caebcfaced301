// The uploads of this tab: they go on whichever page is open, and while somebody signs in again.
import * as api from '../api.js';
import { turnedAway } from '../api.js';
import { session, whose } from '../session.js';
import { store } from '../store.js';
import { keepAwake } from './keep-awake.js';
import { MOST_FILES, Uploader } from '../upload/waybill-upload.js';

const uploader = new Uploader({
  api: { call: (method, path, { body, idempotencyKey } = {}) => api.call(method, path, { body, idempotencyKey }) },
  owner: whose,
});

/** Of every upload that was begun or resumed in this tab: `{ upload, name, how, warnings }`, the newest first. */
export const running = store([]);

/** Uploads that wait for their files: what the library remembers of them. */
export const waiting = store([]);

/** Why uploads are not remembered beyond this tab; empty when they are. */
export const note = store('');

/** Begins as many tasks as the files need, one after another. */
export async function begin(picked, { projectId, taskName }) {
  const tasks = Array.from({ length: Math.ceil(picked.length / MOST_FILES) },
    (_, n) => picked.slice(n * MOST_FILES, (n + 1) * MOST_FILES));
  const turn = api.signOuts.get();
  for (const [n, files] of tasks.entries()) {
    const name = tasks.length > 1 ? `${taskName} (${n + 1} of ${tasks.length})` : taskName;
    const upload = await uploader.upload(files, { projectId, taskName: name || undefined });
    show(upload, name || files[0].objectName, turn);
    if (n < tasks.length - 1) {
      await upload.finished.catch(() => {});
    }
    if (api.signOuts.get() !== turn) {
      return;
    }
  }
}

/** Goes on with one that waits; refused when a file is another one now. */
export async function goOn(record, picked) {
  const turn = api.signOuts.get();
  const upload = await uploader.resume(record.id, picked);
  show(upload, nameOf(record), turn);
  await look();
}

/** Goes on with what was begun elsewhere. */
export async function takeOver(task, picked) {
  const turn = api.signOuts.get();
  const upload = await uploader.takeOver({ projectId: task.project_id, taskId: task.task_id }, picked);
  show(upload, task.task_name ?? upload.record.files[0].objectName, turn);
}

export async function forget(record) {
  await uploader.forget(record.id);
  await look();
}

/** Takes what has ended off the list. */
export function clear(id) {
  running.set(running.get().filter((one) => one.upload.record.id !== id));
}

/** Reads again what waits, in projects that whoever is signed in may see: of one key after another nobody can tell whose it is. */
export async function look() {
  const here = new Set(running.get().filter((one) => !one.isOver).map((one) => one.upload.record.id));
  const all = await uploader.waiting();
  const seen = new Set(session.get()?.projects.map((project) => project.project_id));
  waiting.set(all.filter((record) => !here.has(record.id) && seen.has(record.projectId)));
  note.set(uploader.note);
}

export const nameOf = (record) => record.request.task_name ?? record.files[0].objectName;

const LEFT = 'whoever began it has signed out';
const MATTERS = ['upload.paused', 'upload.resumed', 'upload.aborted', 'upload.completed', 'upload.expired', 'upload.failed'];

/** Something happened to a session: if it is ours, it is looked at. */
export function heard(event) {
  if (MATTERS.includes(event.type)) {
    running.get().forEach(({ upload }) => upload.heardOf(event.data?.session_id));
  }
}

/** Unless whoever began it, in this turn, has signed out since. */
function show(upload, name, turn) {
  if (api.signOuts.get() !== turn) {
    upload.leave(LEFT);
    return;
  }
  const one = { upload, name, how: upload.snapshot(), warnings: [], isOver: false };
  const draw = () => running.set([...running.get()]);
  upload.on('progress', (how) => { one.how = how; draw(); });
  upload.on('warning', (warning) => { one.warnings.push(warning); draw(); });
  running.set([one, ...running.get().filter((other) => other.upload.record.id !== upload.record.id)]);
  keepAwake(areGoing());
  upload.finished.then((how) => { one.how = how; }, (error) => { one.error = error; }).then(() => {
    one.isOver = true;
    draw();
    keepAwake(areGoing());
    look();
  });
  look();
}

/** Whoever comes next may be somebody else: nothing goes on under their name, nor is shown to them. */
api.signOuts.follow(() => {
  running.get().forEach(({ upload }) => upload.leave(LEFT));
  running.set([]);
  waiting.set([]);
});

const areGoing = () => running.get().some((one) => !one.isOver);

const hurryAll = () => running.get().forEach(({ upload }) => upload.hurry());
window.addEventListener('online', hurryAll);
document.addEventListener('visibilitychange', () => document.hidden || hurryAll());
turnedAway.follow((away) => away === null && hurryAll());
