// Uploads with Uppy and what docs/browser-upload.md shows, and says what became of it.
import Uppy from '@uppy/core';
import AwsS3 from '@uppy/aws-s3';
import { connect } from './upload/waybill-upload.js';
import { waybill } from './waybill-uppy.js';

const [url, key, projectId] = process.argv.slice(2);
const api = connect({ url, key });
const PART = 5 << 20;
let trouble = 1;
let open = () => {};
let gate = new Promise((done) => { open = done; });

/** In the place of Uppy's own, which needs a browser's XMLHttpRequest. Parts after the first wait at the gate. */
async function uploadPartBytes({ signature, body, size, onProgress, onComplete, signal }) {
  if (trouble-- > 0) {
    throw Object.assign(new Error('storage is busy'), { source: { status: 503 } });
  }
  if (new URL(signature.url).searchParams.get('partNumber') !== '1') {
    await Promise.race([gate, new Promise((_, stop) => signal.addEventListener('abort', () => stop(ended(signal))))]);
  }
  const answer = await fetch(signature.url, { method: signature.method, headers: signature.headers, body, signal });
  if (!answer.ok) {
    throw Object.assign(new Error(await answer.text()), { source: { status: answer.status } });
  }
  onProgress({ loaded: size, lengthComputable: true });
  onComplete(answer.headers.get('etag'));
  return { ETag: answer.headers.get('etag') };
}

const ended = (signal) => new DOMException('it was ended', { name: 'AbortError', cause: signal.reason });

const listed = [];
const options = waybill({ api, projectId });
const uppy = new Uppy().use(AwsS3, {
  ...options,
  listParts: async (...asked) => {
    const parts = await options.listParts(...asked);
    listed.push(...parts.map((part) => part.PartNumber));
    return parts;
  },
  // more places than parts: none must wait for one that is held at the gate
  uploadPartBytes, limit: 20, retryDelays: [50, 100, 200],
});
const file = (name, size) => ({ name, type: 'application/octet-stream', data: new Blob([new Uint8Array(size).map((_, n) => n % 251)]) });
const heard = (event) => new Promise((done) => uppy.once(event, done));

// Paused after the first part, and gone on with: what is stored is not sent again.
const id = uppy.addFile(file('uppy.bin', 4 * PART + 1000));
const first = heard('s3-multipart:part-uploaded');
const whole = uppy.upload();
await first;
uppy.pauseResume(id);
open();
uppy.pauseResume(id);
const { successful, failed } = await whole;
const { uploadId } = uppy.getFile(id).s3Multipart;
const session = await api.call('GET', `/v1/uploads/${uploadId}`);

// Cancelled after its first part.
gate = new Promise(() => {});
uppy.addFile(file('cancelled.bin', 8 * PART));
const begun = heard('s3-multipart:part-uploaded');
const cancelled = uppy.upload();
const { s3Multipart } = uppy.getFile((await begun).id);
uppy.cancelAll();
await cancelled;
let status = '';
for (let n = 0; n < 100 && status !== 'ABORTED'; n++) {
  ({ status } = await api.call('GET', `/v1/uploads/${s3Multipart.uploadId}`));
  await new Promise((done) => setTimeout(done, 100));
}

console.log(JSON.stringify({
  successful: successful.map((one) => one.name), failed: failed.length, session: session.status,
  bytes: successful[0].response.body.object_size_bytes, knewStored: listed.length > 0, cancelled: status,
}));
