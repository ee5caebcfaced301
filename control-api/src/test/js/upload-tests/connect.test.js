import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { connect } from '../upload/waybill-upload.js';

/** What becomes of a call that a server meets so. */
async function called(meet) {
  const server = createServer((_, answer) => meet(answer));
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const api = connect({ url: `http://127.0.0.1:${server.address().port}`, key: 'k', patienceMs: 300 });
  try {
    return await api.call('POST', '/v1/uploads/s/parts/ack', { body: {} });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('an answer comes whole', async () => {
  assert.deepEqual(await called((answer) => answer.end('{"ok": 1}')), { ok: 1 });
});

test('an answer that never comes is none', async () => {
  await assert.rejects(called(() => {}), { code: 'network' });
});

test('an answer that stops in the middle is none', async () => {
  await assert.rejects(called((answer) => answer.writeHead(200).write('{"ok"')), { code: 'network' });
});

test('somebody else answers', async () => {
  await assert.rejects(called((answer) => answer.end('<html>')), { code: 'not_json' });
});
