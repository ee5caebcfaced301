import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Memory } from '../upload/memory.js';
import { OtherFileError } from '../upload/waybill-upload.js';
import { file, PART, refusal, World } from './world.js';

const never = () => new Promise(() => {});
const state = (snapshot) => snapshot.files[0].state;

/** A tab that dies once so many parts are stored; what it left in the world. */
async function killedAfter(parts, size = 10 * PART) {
  const world = new World();
  const memory = world.memory;
  world.onPut = () => (world.session().parts.size >= parts ? never() : null);
  await world.uploader().upload([file('a.bin', size)], { projectId: 'p', partSizeBytes: PART });
  await world.time.untilSo(() => world.puts.length > parts);
  // What a dead tab leaves is what was written down, not its objects.
  world.memory = new Memory(undefined);
  for (const record of await memory.all()) {
    await world.memory.save(structuredClone(record));
  }
  world.onPut = () => null;
  world.puts = [];
  return world;
}

test('an upload is resumed by the same file, and no stored part is sent again', async () => {
  const world = await killedAfter(4);
  const stored = [...world.session().parts.keys()];
  const uploader = world.uploader();
  const [waiting] = await uploader.waiting();
  assert.equal(waiting.files[0].name, 'a.bin');

  const upload = await uploader.resume(waiting.id, [file('a.bin', 10 * PART)]);
  const end = await world.time.until(upload.finished);

  assert.equal(state(end), 'done');
  assert.deepEqual(world.puts.map((put) => put.part).filter((part) => stored.includes(part)), []);
  assert.ok(world.stored().equals(Buffer.from(await file('a.bin', 10 * PART).arrayBuffer())));
  assert.equal(world.tasks.size, 1);
  assert.equal(world.session().sha256.length, 64);
});

test('a file that can be read by its handle need not be picked', async () => {
  const world = await killedAfter(2);
  const [record] = await world.memory.all();
  record.files[0].handle = { getFile: async () => file('a.bin', 10 * PART) };

  const upload = await world.uploader().resume(record.id);

  assert.equal(state(await world.time.until(upload.finished)), 'done');
});

test('another file is refused with what is different, and the upload still waits', async () => {
  const world = await killedAfter(4);
  const uploader = world.uploader();
  const [{ id }] = await uploader.waiting();
  const later = new File([await file('a.bin', 10 * PART).arrayBuffer()], 'a.bin', { lastModified: 1_800_000_000_000 });
  const others = [
    [file('a.bin', 10 * PART + 1), /it has 10001 bytes and had 10000/],
    [later, /it was changed at 2027-01-15T08:00:00.000Z, and was last changed at 2023-11-14/],
    [file('a.bin', 10 * PART, 2), /its first and last MiB are not those/],
  ];

  for (const [other, why] of others) {
    await assert.rejects(uploader.resume(id, [other]), (e) => e instanceof OtherFileError && why.test(e.message));
  }

  assert.equal((await uploader.waiting()).length, 1);
  assert.equal(world.puts.length, 0);
});

test('a tab that died between request and answer makes no second task', async () => {
  const world = new World();
  world.onCall = (call) => call.endsWith('upload-tasks') ? never() : null;
  await world.uploader().upload([file('a.bin', 100)], { projectId: 'p' });
  await world.time.untilSo(() => world.calls.length === 1);
  const [record] = await world.memory.all();
  world.tasks.set(record.idempotencyKey, null);
  world.tasks.clear();
  world.onCall = () => {};

  const upload = await world.uploader().resume(record.id, [file('a.bin', 100)]);
  assert.equal(state(await world.time.until(upload.finished)), 'done');
  assert.deepEqual([...world.tasks.keys()], [record.idempotencyKey]);
});

test('what was begun elsewhere is gone on with by name and size, and nothing stored is sent again', async () => {
  const world = await killedAfter(4);
  const [{ taskId, files: [{ objectName }] }] = await world.memory.all();
  const stored = [...world.session().parts.keys()];
  const elsewhere = world.uploader({ parts: { memory: new Memory(undefined) } });

  await assert.rejects(elsewhere.takeOver({ projectId: 'p', taskId }, [file(objectName, 5)]),
    /a.bin is not the file that the upload was begun with: it has 5 bytes and had 10000/);
  await assert.rejects(elsewhere.takeOver({ projectId: 'p', taskId }, [file('b.bin', 5)]), /pick a.bin/);
  const upload = await elsewhere.takeOver({ projectId: 'p', taskId }, [file(objectName, 10 * PART)]);

  assert.equal(state(await world.time.until(upload.finished)), 'done');
  assert.deepEqual(world.puts.map((put) => put.part).filter((part) => stored.includes(part)), []);
});

test('what was completed elsewhere is not sent again, and says so', async () => {
  const world = await killedAfter(4);
  world.session().status = 'COMPLETED';
  const [{ id }] = await world.memory.all();

  const upload = await world.uploader().resume(id, [file('a.bin', 10 * PART)]);
  const [end] = (await world.time.until(upload.finished)).files;

  assert.deepEqual([end.state, end.why], ['done', 'it was completed elsewhere']);
  assert.equal(world.puts.length, 0);
});

test('what a person aborted stays aborted; what cleanup aborted starts over', async () => {
  const world = await killedAfter(4);
  Object.assign(world.session(),
    { status: 'ABORTED', updatedAt: '2026-01-01T00:00:00Z', expiresAt: '2026-01-02T00:00:00Z' });
  const [{ id }] = await world.memory.all();
  const upload = await world.uploader().resume(id, [file('a.bin', 10 * PART)]);
  const [end] = (await world.time.until(upload.finished)).files;
  assert.deepEqual([end.state, end.why], ['aborted', 'somebody aborted it on the server']);

  const cleaned = await killedAfter(4);
  Object.assign(cleaned.session(),
    { status: 'ABORTED', updatedAt: '2026-01-03T00:00:00Z', expiresAt: '2026-01-02T00:00:00Z' });
  const [record] = await cleaned.memory.all();
  const again = await cleaned.uploader().resume(record.id, [file('a.bin', 10 * PART)]);
  assert.equal(state(await cleaned.time.until(again.finished)), 'done');
  assert.equal(cleaned.session(1).parts.size, 10);
});

test('an expired session lives on with its parts', async () => {
  const world = await killedAfter(4);
  world.session().status = 'EXPIRED';
  const [{ id }] = await world.memory.all();

  const upload = await world.uploader().resume(id, [file('a.bin', 10 * PART)]);

  assert.equal(state(await world.time.until(upload.finished)), 'done');
  assert.equal(world.sessions.size, 1);
  assert.equal(world.puts.length, 6);
});

test('pause lets what is under way finish, or ends it; resume goes on with what is missing', async () => {
  for (const cancelInFlight of [false, true]) {
    const world = new World();
    let release = () => {};
    const gate = new Promise((resolve) => (release = resolve));
    world.onPut = ({ signal }) => Promise.race([
      gate.then(() => null),
      new Promise((resolve) => signal.addEventListener('abort', () => resolve({ kind: 'cancelled' }))),
    ]);
    const upload = await world.uploader().upload([file('a.bin', 10 * PART)], { projectId: 'p', partSizeBytes: PART });
    await world.time.untilSo(() => world.puts.length === 4);

    await upload.pause({ cancelInFlight });
    if (cancelInFlight) {
      await world.time.untilSo(() => upload.snapshot().files[0].state === 'paused');
      assert.equal(world.session().parts.size, 0);
    } else {
      release();
      await world.time.untilSo(() => upload.snapshot().files[0].state === 'paused');
      assert.equal(world.session().parts.size, 4);
    }
    assert.equal(world.puts.length, 4);
    release();
    await upload.resume();

    assert.equal(state(await world.time.until(upload.finished)), 'done');
    assert.equal(world.puts.length, cancelInFlight ? 14 : 10);
  }
});

test('a pause and a resume from elsewhere are followed', async () => {
  const world = new World();
  let isPaused = false;
  world.onPut = async () => {
    if (world.session().parts.size === 4 && !isPaused) {
      isPaused = true;
      Object.assign(world.session(), { status: 'PAUSED', reason: 'by an operator' });
    }
    return null;
  };
  const upload = await world.uploader().upload([file('a.bin', 60 * PART)], { projectId: 'p', partSizeBytes: PART });
  await world.time.untilSo(() => upload.snapshot().files[0].state === 'paused');
  assert.equal(upload.snapshot().files[0].why, 'paused on the server: by an operator');

  world.session().status = 'UPLOADING';

  assert.equal(state(await world.time.until(upload.finished)), 'done');
});

test('a pause from elsewhere that wants what is under way to end is obeyed', async () => {
  const world = new World();
  world.onPut = ({ signal }) => new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve({ kind: 'cancelled' })));
  const upload = await world.uploader().upload([file('a.bin', 10 * PART)], { projectId: 'p', partSizeBytes: PART });
  await world.time.untilSo(() => world.puts.length === 4);

  Object.assign(world.session(),
    { status: 'PAUSED', events: [{ type: 'upload.paused', details: { inflight: 'CANCEL_INFLIGHT' } }] });
  upload.heardOf(world.session().id);
  await world.time.untilSo(() => world.atOnce === 0);
  assert.equal(upload.snapshot().files[0].state, 'paused');

  world.onPut = () => null;
  world.session().status = 'UPLOADING';
  assert.equal(state(await world.time.until(upload.finished)), 'done');
});

test('cancel gives it up, forgets it, and ends what is under way', async () => {
  const world = new World();
  world.onPut = ({ signal }) => new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve({ kind: 'cancelled' })));
  const upload = await world.uploader().upload([file('a.bin', 10 * PART)], { projectId: 'p', partSizeBytes: PART });
  await world.time.untilSo(() => world.puts.length === 4);

  await upload.cancel();

  const [end] = (await world.time.until(upload.finished)).files;
  assert.deepEqual([end.state, end.why], ['aborted', 'cancelled in the browser']);
  assert.equal(world.session().status, 'ABORTED');
  assert.deepEqual(await world.memory.all(), []);
});

test('a key that expired in mid-upload is waited for; nothing is lost, and signing in goes on at once', async () => {
  const world = new World();
  let hasKey = false;
  world.onCall = (call) => {
    if (call.endsWith('complete') && !hasKey) {
      throw refusal(401, 'auth.api_key_expired', { message: 'The key has expired.', requestId: 'r-1' });
    }
  };
  const upload = await world.uploader().upload([file('a.bin', 3 * PART)], { projectId: 'p', partSizeBytes: PART });
  await world.time.untilSo(() => upload.snapshot().files[0].state === 'waiting');
  assert.equal(upload.snapshot().files[0].why, 'The key has expired. (request r-1)');

  hasKey = true;
  upload.hurry();

  assert.equal(state(await world.time.until(upload.finished)), 'done');
  assert.equal(world.puts.length, 3);
});

test('where nothing can be remembered, it says so and uploads all the same', async () => {
  const world = new World();
  const uploader = world.uploader();
  await world.time.until((async () => (await uploader.upload([file('a.bin', 1)], { projectId: 'p' })).finished)());

  assert.match(uploader.note, /leave this tab open until they are done/);
});

test('what is left waits for its owner alone, and sends nothing', async () => {
  const world = new World();
  world.onPut = ({ signal }) => new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve({ kind: 'cancelled' })));
  let owner = 'alice';
  const uploader = world.uploader({ owner: () => owner });
  const upload = await uploader.upload([file('a.bin', 10 * PART)], { projectId: 'p', partSizeBytes: PART });
  await world.time.untilSo(() => world.puts.length === 4);
  const { length } = world.calls;

  upload.leave('alice has signed out');

  assert.equal(state(await world.time.until(upload.finished)), 'absent');
  assert.deepEqual([world.puts.length, world.calls.length], [4, length]);
  owner = 'bob';
  assert.deepEqual(await uploader.waiting(), []);
  owner = 'alice';
  world.onPut = () => null;
  const again = await uploader.resume((await uploader.waiting())[0].id, [file('a.bin', 10 * PART)]);
  assert.equal(state(await world.time.until(again.finished)), 'done');
  assert.equal(world.tasks.size, 1);
});

test('what is left before there is a task makes none', async () => {
  const world = new World();
  world.onCall = () => {
    throw refusal(503, 'storage.unavailable');
  };
  const upload = await world.uploader().upload([file('a.bin', PART)], { projectId: 'p', partSizeBytes: PART });
  await world.time.untilSo(() => world.count(/upload-tasks$/) > 0);

  upload.leave('somebody has signed out');
  world.onCall = () => {};

  assert.equal(state(await world.time.until(upload.finished)), 'absent');
  assert.equal(world.tasks.size, 0);
});
