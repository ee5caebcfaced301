import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { file, PART, refusal, World } from './world.js';

const answered = (status, code, retryAfterSeconds = null) =>
  ({ kind: 'answered', status, code, retryAfterSeconds });
const states = (snapshot) => snapshot.files.map((each) => each.state);

test('files of many parts and of one arrive whole, four parts at once', async () => {
  const world = new World();
  const files = [file('a.bin', 12 * PART + 7), file('b.bin', 3, 2), file('c.bin', 2 * PART, 3)];

  const end = await world.uploads(files);

  assert.deepEqual(states(end), ['done', 'done', 'done']);
  for (const [n, each] of files.entries()) {
    const bytes = Buffer.from(await each.arrayBuffer());
    assert.ok(world.stored(n).equals(bytes), each.name);
    assert.equal(world.session(n).sha256, createHash('sha256').update(bytes).digest('hex'));
  }
  assert.equal(world.puts.length, 13 + 1 + 2);
  assert.equal(world.mostAtOnce, 4);
  assert.equal(end.sentBytes, end.totalBytes);
  assert.deepEqual(await world.memory.all(), []);
});

test('a small file takes two calls: create, complete, which asks storage itself', async () => {
  const world = new World();
  await world.uploads([file('a.bin', 10), file('b.bin', 10)]);
  assert.equal(world.count(/^POST .*upload-tasks$/), 1);
  assert.equal(world.calls.length, 3);
});

test('no part is told of beside the completion', async () => {
  const world = new World();
  const after = (ms) => new Promise((resolve) => world.time.after(ms, () => resolve(null)));
  let telling = 0;
  let beside = null;
  world.onCall = async (call) => {
    if (call.endsWith('parts/ack')) {
      telling++;
      await after(10_000);
      telling--;
    } else if (call.endsWith('complete')) {
      beside = telling;
    }
  };
  world.onPut = () => (world.puts.length > 1 ? after(3_000) : null);

  await world.uploads([file('a.bin', 2 * PART)]);

  assert.equal(beside, 0);
  assert.equal(world.count(/ack$/), 1);
});

test('URLs are asked for in small batches, just ahead of need', async () => {
  const world = new World();
  const asked = [];
  world.onCall = (call, body) => call.endsWith('presign') && asked.push(body.part_numbers.length);

  await world.uploads([file('a.bin', 40 * PART)]);

  assert.ok(asked.length > 1 && Math.max(...asked) <= 40, `asked for ${asked}`);
  assert.equal(asked[0], 8);
});

test('what is remembered is written before the first request, and holds no URL', async () => {
  const world = new World();
  let atFirst = null;
  world.onCall = async () => (atFirst ??= structuredClone(await world.memory.all()));

  await world.uploads([file('a.bin', 100)]);

  assert.equal(atFirst.length, 1);
  assert.equal(atFirst[0].taskId, null);
  assert.ok(atFirst[0].idempotencyKey);
  assert.equal(atFirst[0].files[0].size, 100);
  assert.ok(!JSON.stringify(atFirst).includes('store.example'));
});

test('a busy storage is waited for, as long as it asks, with the same URL', async () => {
  const world = new World();
  world.onPut = (put, n) => (n <= 3 ? answered(503, 'SlowDown', 7) : null);

  const end = await world.uploads([file('a.bin', 100)]);

  assert.deepEqual(states(end), ['done']);
  assert.equal(new Set(world.puts.map((put) => put.url)).size, 1);
  assert.ok(world.time.now() >= 3 * 7000);
});

test('a part whose time has come waits for a connection without a bustle', async () => {
  const world = new World();
  world.onPut = ({ part }, n) => (n === 1 ? answered(503, 'SlowDown')
    : new Promise((resolve) => world.time.after(10_000, () => resolve(null))));

  assert.deepEqual(states(await world.uploads([file('a.bin', 3 * PART)], { connections: 1 })), ['done']);
  assert.ok(world.time.calls < 200, `${world.time.calls} timers`);
});

test('a connection that broke means a fresh URL', async () => {
  const world = new World();
  world.onPut = (put, n) => (n === 1 ? { kind: 'broken', reason: 'it broke', sentBytes: 50 } : null);

  const end = await world.uploads([file('a.bin', 100)]);

  assert.deepEqual(states(end), ['done']);
  assert.notEqual(world.puts[0].url, world.puts[1].url);
});

test('a URL that is near its end is never begun with', async () => {
  const world = new World();
  world.urlSeconds = 60;
  world.onPut = ({ url }) => {
    const age = world.time.now() - world.madeAt.get(url);
    assert.ok(age <= 50_000, `a URL of ${age} ms ago`);
    return new Promise((resolve) => world.time.after(25_000, () => resolve(null)));
  };

  assert.deepEqual(states(await world.uploads([file('a.bin', 40 * PART)])), ['done']);
  assert.equal(world.puts.length, 40);
});

test('a URL that is refused is replaced; three in a row wait a minute, and say why', async () => {
  const world = new World();
  const said = [];
  world.onPut = (put, n) => (n <= 3 ? answered(403, 'AccessDenied') : null);
  const upload = await world.uploader().upload([file('a.bin', 100)], { projectId: 'p' });
  upload.on('state', ({ state, why }) => state === 'waiting' && said.push(why));

  await world.time.until(upload.finished);

  assert.equal(new Set(world.puts.map((put) => put.url)).size, 4);
  assert.ok(said.includes('part 1: storage answered 403 AccessDenied to three fresh URLs in a row'), said);
  assert.ok(world.time.now() >= 60_000);
});

test('another 400 stops, with the reason', async () => {
  const world = new World();
  world.onPut = () => answered(400, 'EntityTooLarge');

  const [end] = (await world.uploads([file('a.bin', 100)])).files;

  assert.deepEqual([end.state, end.why], ['refused', 'part 1: storage answered 400 EntityTooLarge']);
});

test('a part whose sum storage does not find is read once more', async () => {
  const world = new World();
  world.onPut = (put, n) => (n === 1 ? answered(400, 'BadDigest') : null);
  assert.deepEqual(states(await world.uploads([file('a.bin', 100)])), ['done']);

  const worse = new World();
  worse.onPut = () => answered(400, 'BadDigest');
  const [end] = (await worse.uploads([file('a.bin', 100)])).files;
  assert.equal(end.why, 'part 1: storage answered 400 BadDigest after reading it twice');
});

test('an upload that storage does not know is reconciled, and only what is missing is sent', async () => {
  const world = new World();
  world.onPut = ({ part }) =>
    part === 3 && world.count(/parts\?source=reconcile/) === 0 ? answered(404, 'NoSuchUpload') : null;

  const end = await world.uploads([file('a.bin', 6 * PART)]);

  assert.deepEqual(states(end), ['done']);
  const times = [1, 2, 3, 4, 5, 6].map((part) => world.puts.filter((put) => put.part === part).length);
  assert.deepEqual(times, [1, 1, 2, 1, 1, 1]);
});

test('parts that are missing at the end are sent, and it completes', async () => {
  const world = new World();
  world.onCall = (call) => call.endsWith('complete') && world.count(/complete$/) === 1
    && world.session().parts.delete(2);

  assert.deepEqual(states(await world.uploads([file('a.bin', 3 * PART)])), ['done']);
  assert.equal(world.puts.filter((put) => put.part === 2).length, 2);
});

test('an API that does not answer is asked again, and a defect of it, too', async () => {
  const world = new World();
  const troubles = [refusal(undefined, 'network'), refusal(500, 'internal.error'), refusal(200, 'not_json'),
    refusal(401, 'auth.api_key_expired')];
  world.onCall = (call) => {
    const trouble = /complete|presign|upload-tasks$/.test(call) && troubles.pop();
    if (trouble) {
      throw trouble;
    }
  };

  assert.deepEqual(states(await world.uploads([file('a.bin', 20 * PART)])), ['done']);
  assert.equal(troubles.length, 0);
});

test('a request that will never be carried out ends it, and names the field', async () => {
  const world = new World();
  world.onCall = () => {
    throw refusal(422, 'request.validation_failed', {
      message: 'The request is not valid.',
      details: { errors: [{ field: 'objects[0].file_size_bytes', message: 'a file has at least one byte' }] },
    });
  };

  const [end] = (await world.uploads([file('a.bin', 0)])).files;

  assert.equal(end.state, 'refused');
  assert.match(end.why, /objects\[0\].file_size_bytes: a file has at least one byte/);
});

test('each part is summed for its URL where the policy asks for it', async () => {
  for (const [algorithm, length] of [['CRC32C', 8], ['CRC64NVME', 12], ['SHA256', 44]]) {
    const world = new World();
    world.algorithm = algorithm;

    assert.deepEqual(states(await world.uploads([file('a.bin', 5 * PART)])), ['done']);
    assert.ok(world.puts.every((put) => put.headers['x-amz-checksum'].length === length));
    assert.equal(world.session().sha256, null);
  }
});

test('a session is extended when half of its life is gone and bytes move', async () => {
  const world = new World();
  world.lifeSeconds = 100;
  world.onPut = () => new Promise((resolve) => world.time.after(9_000, () => resolve(null)));

  assert.deepEqual(states(await world.uploads([file('a.bin', 60 * PART)])), ['done']);
  assert.ok(world.count(/extend$/) >= 1 && world.count(/extend$/) <= 3, `${world.count(/extend$/)} times`);
});

test('storage without CORS is told from a lost network, with what to change', async () => {
  const world = new World();
  const said = [];
  world.onPut = () => (world.time.now() < 300_000 ? { kind: 'broken', reason: 'it broke', sentBytes: 0 } : null);
  const upload = await world.uploader().upload([file('a.bin', 100)], { projectId: 'p' });
  upload.on('state', ({ state, why }) => state === 'waiting' && said.push(why));

  await world.time.until(upload.finished);

  const [, cors] = said;
  assert.match(cors, /does not allow this page \(CORS\): https:\/\/store.example must let https:\/\/page.example PUT/);
  assert.match(cors, /MINIO_API_CORS_ALLOW_ORIGIN=https:\/\/page.example/);
  assert.match(cors, /put-bucket-cors/);

  const offline = new World();
  offline.isReachable = false;
  offline.onPut = (put, n) => (n < 5 ? { kind: 'broken', reason: 'it broke', sentBytes: 0 } : null);
  assert.deepEqual(states(await offline.uploads([file('a.bin', 100)])), ['done']);
});

test('what cannot be read any more waits to be picked again', async () => {
  const world = new World();
  let isGone = false;
  class Vanishing extends File {
    slice(...range) {
      return new Vanishing([super.slice(...range)], this.name, this);
    }
    async arrayBuffer() {
      if (isGone) {
        throw new Error('it is not there');
      }
      return super.arrayBuffer();
    }
  }
  world.onPut = () => {
    isGone = true;
    return { kind: 'broken', reason: 'it broke', sentBytes: 1 };
  };

  const [end] = (await world.uploads([new Vanishing([file('a.bin', 100)], 'a.bin')])).files;

  assert.equal(end.state, 'absent');
  assert.match(end.why, /changed, moved or taken away since it was picked \(it is not there\)/);
  assert.equal((await world.memory.all()).length, 1);
});

test('an empty list and more than a hundred files are refused', async () => {
  const uploader = new World().uploader();
  await assert.rejects(uploader.upload([], { projectId: 'p' }), RangeError);
  const many = Array.from({ length: 101 }, (_, n) => file(`${n}`, 1));
  await assert.rejects(uploader.upload(many, { projectId: 'p' }), RangeError);
});
