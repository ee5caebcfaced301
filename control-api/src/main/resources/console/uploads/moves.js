// What can be done to tasks, as the API knows it: which right it needs, and in which state it has a meaning.
import * as api from '../api.js';
import { tell } from '../ui.js';

export const MOVES = [
  { verb: 'pause', text: 'Pause', right: 'upload.pause', fits: ['PENDING', 'PROCESSING'], done: 'paused' },
  { verb: 'resume', text: 'Resume', right: 'upload.resume', fits: ['PAUSED'], done: 'resumed' },
  { verb: 'retry', text: 'Retry', right: 'upload.retry', fits: ['FAILED', 'CANCELLED'], done: 'tried again' },
  { verb: 'cancel', text: 'Cancel', right: 'upload.cancel', fits: ['PENDING', 'PROCESSING', 'PAUSED', 'FAILED'], done: 'cancelled', tone: 'danger' },
];

/** The moves that this key may make of something in this state. */
export const movesOf = (status, may) => MOVES.filter((move) => move.fits.includes(status) && may(move.right));

/** Moves a task, or one object of it; throws the first refusal when nothing at all moved. */
export async function move(path, verb) {
  const answer = await api.post(`${path}/${verb}`);
  const refused = (answer.objects ?? []).filter((object) => object.error !== null);
  if (refused.length > 0) {
    tell(`${refused.length} of ${answer.objects.length} files stay as they are: ${refused[0].error.message}`, 'bad');
  }
  return refused.length === 0;
}

/** Moves several, four at a time, and says what became of them. */
export async function moveAll(root, tasks, move_) {
  const waiting = [...tasks];
  let moved = 0;
  const refusals = [];
  const work = async () => {
    for (let task = waiting.shift(); task; task = waiting.shift()) {
      try {
        await api.post(`${root}/upload-tasks/${task.task_id}/${move_.verb}`);
        moved++;
      } catch (error) {
        refusals.push(error);
      }
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  if (refusals.length > 0) {
    tell(`${refusals.length} of ${tasks.length} could not be ${move_.done}: ${refusals[0].message} (request ${refusals[0].requestId})`, 'bad');
  }
  if (moved > 0) {
    tell(`${moved} ${moved === 1 ? 'upload' : 'uploads'} ${move_.done}.`);
  }
}
