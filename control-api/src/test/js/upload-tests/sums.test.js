import './older-node.js';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { Crc32c, Crc64Nvme } from '../upload/crc.js';
import { objectName } from '../upload/file-check.js';
import { backoff, remedyOf, retryAfter } from '../upload/retry.js';
import { hex, Sha256 } from '../upload/sha256.js';

test('SHA-256 of any length, in pieces of any length', () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 70_000]) {
    const bytes = Buffer.alloc(length, (n) => n).map((_, n) => (n * 31) & 255);
    for (const piece of [1, 37, 64, 100_000]) {
      const sum = new Sha256();
      for (let at = 0; at < length; at += piece) {
        sum.update(bytes.subarray(at, at + piece));
      }
      assert.equal(hex(sum.digest()), createHash('sha256').update(bytes).digest('hex'), `${length} by ${piece}`);
    }
  }
});

test('the CRCs have the check values of their catalogues', () => {
  const nine = new TextEncoder().encode('123456789');
  assert.equal(hex(new Crc32c().update(nine).digest()), 'e3069283');
  assert.equal(hex(new Crc64Nvme().update(nine).digest()), 'ae8b14860a799888');
  assert.equal(hex(new Crc32c().update(nine.subarray(0, 2)).update(nine.subarray(2)).digest()), 'e3069283');
});

test('the retry table is that of the device agent', () => {
  const table = [
    [400, '', 'forbidden'], [400, 'RequestTimeout', 'fresh-url'], [400, 'IncompleteBody', 'fresh-url'],
    [400, 'BadDigest', 'read-again'], [400, 'ExpiredToken', 'forbidden'], [400, 'KMS.Disabled', 'forbidden'],
    [400, 'EntityTooLarge', 'stop'], [403, 'AccessDenied', 'forbidden'], [404, 'NoSuchUpload', 'reconcile'],
    [404, 'NoSuchBucket', 'forbidden'], [408, '', 'wait'], [409, '', 'wait'], [425, '', 'wait'], [429, '', 'wait'],
    [500, 'InternalError', 'wait'], [501, 'NotImplemented', 'forbidden'], [503, 'SlowDown', 'wait'],
  ];
  for (const [status, code, remedy] of table) {
    assert.equal(remedyOf({ status, code }), remedy, `${status} ${code}`);
  }
});

test('waits grow with full jitter between half a second and half a minute', () => {
  const bounds = (failures) => [0, 0.999999].map((x) => Math.round(backoff(failures, { random: () => x })));
  assert.deepEqual([1, 2, 5, 7, 50].map(bounds),
    [[500, 1000], [500, 2000], [500, 16_000], [500, 30_000], [500, 30_000]]);
  assert.equal(backoff(1, { random: () => 0, retryAfterSeconds: 60 }), 60_000);
  assert.deepEqual(['7', 'Wed, 21 Oct 2026 07:28:00 GMT', null, ''].map(retryAfter), [7, null, null, null]);
});

test('a name keeps its folders, and loses what a name may not have', () => {
  const named = (path) => objectName(new File([], 'x'), path);
  assert.equal(named('run 42/front.mcap'), 'run 42/front.mcap');
  assert.equal(named('/a//../b/.'), 'a/__/b/_');
  assert.equal(named('C:\\x\u202egpj\u0007\ud800'), 'C__x_gpj__');
  assert.equal(objectName(new File([], 'plain.bin')), 'plain.bin');
});
