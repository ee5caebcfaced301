#!/usr/bin/env node
/*
 * Uploads one file as a controller does: questions over MQTT 5, bytes by HTTP PUT.
 *
 *     WAYBILL_TENANT=… WAYBILL_DEVICE=… WAYBILL_CREDENTIAL=… WAYBILL_PROJECT=… node upload.js FILE
 *
 * Needs Node.js 18 or later and MQTT.js 5 (npm install mqtt). Started again after a power cut it goes on where it was: what
 * it has to remember stands in FILE.waybill.
 */
'use strict';
const { randomUUID } = require('node:crypto');
const fs = require('node:fs');
const { basename } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const mqtt = require('mqtt');

const { WAYBILL_TENANT: TENANT, WAYBILL_DEVICE: DEVICE, WAYBILL_PROJECT: PROJECT } = process.env;
const OWN = `device/${TENANT}/${DEVICE}/upload/`;
const PART_BYTES = Number(process.env.WAYBILL_PART_BYTES ?? 8 << 20);
const AT_ONCE = 10; // parts for which one question gets the URLs

/** An answer that no repetition makes better. */
class Refused extends Error {}

/** Reasons of a broker that may be gone in a moment: unavailable, busy, a quota, too many at once. */
const NOT_NOW = [0x88, 0x89, 0x97, 0x9f];

/** What waits for an answer, by the id of its question. */
const waiting = new Map();

/** Why the broker will not have us. @type {Refused | null} */
let refusal = null;

function refused(why) {
  refusal = new Refused(`mqtt: the broker says: ${why}`);
  waiting.forEach((end) => end(null));
}

/** Its broker keeps the answers for us while the network is away. */
function connect() {
  const { WAYBILL_MQTT_HOST: host = '127.0.0.1', WAYBILL_MQTT_PORT: port = '11883', WAYBILL_MQTT_CA: ca } = process.env;
  const client = mqtt.connect({
    protocol: ca ? 'mqtts' : 'mqtt', host, port, ...(ca && { ca: fs.readFileSync(ca) }),
    protocolVersion: 5, clientId: DEVICE, clean: false, properties: { sessionExpiryInterval: 86400 },
    username: DEVICE, password: process.env.WAYBILL_CREDENTIAL, keepalive: 30, reconnectPeriod: 5000,
  });
  client.on('message', (_topic, message) => {
    const answer = JSON.parse(message);
    waiting.get(answer.request_id)?.(answer);
  });
  client.on('connect', () => client.subscribe(OWN + 'response', { qos: 1 }, (e) => e && refused(e.message)));
  client.on('error', (e) => {
    // A number is the broker's own reason; all else is a network that may come back.
    if (typeof e.code === 'number' && !NOT_NOW.includes(e.code)) {
      client.end(true);
      refused(e.message);
    } else {
      console.error(`no broker, trying again: ${e.message}`);
    }
  });
  return client;
}

/** The result; asks until there is an answer, because a broker may drop a message and say nothing. */
async function ask(client, command, payload, key) {
  const request = { request_id: randomUUID(), command, payload, ...(key && { idempotency_key: key }) };
  for (let wait = 5; ; wait = Math.min(60, wait * 2) * (0.8 + 0.4 * Math.random())) {
    const answer = refusal ? null : await answerTo(client, request, wait * 1000);
    if (refusal) {
      throw refusal;
    }
    if (answer?.ok) {
      return answer.result;
    }
    if (answer && !answer.error.retryable) {
      throw new Refused(`${answer.error.code}: ${answer.error.message}`);
    }
    if (answer) {
      await sleep((answer.error.retry_after_seconds ?? wait) * 1000);
    }
  }
}

function answerTo(client, request, ms) {
  return new Promise((resolve) => {
    const send = () => client.publish(OWN + 'request', JSON.stringify(request), { qos: 1 });
    const end = (answer) => {
      clearTimeout(timer);
      client.removeListener('connect', send);
      waiting.delete(request.request_id);
      resolve(answer);
    };
    const timer = setTimeout(end, ms, null);
    waiting.set(request.request_id, end);
    if (client.connected) {
      send();
    } else {
      client.once('connect', send);
    }
  });
}

/** The ETag; null means that nobody knows what became of the part: ask for a fresh URL and send it again. */
async function put(url, body, headers) {
  try {
    const answer = await fetch(url, { method: 'PUT', body, headers, signal: AbortSignal.timeout(600_000) });
    await answer.arrayBuffer();
    return answer.status === 200 ? answer.headers.get('etag') : null;
  } catch {
    return null;
  }
}

/** What a power cut must not take: the key of the upload, before the upload is asked for. */
function remembered(file) {
  const note = file + '.waybill';
  if (fs.existsSync(note)) {
    return JSON.parse(fs.readFileSync(note, 'utf8'));
  }
  const memory = { key: randomUUID(), size: fs.statSync(file).size };
  const fresh = fs.openSync(note + '.new', 'w');
  fs.writeSync(fresh, JSON.stringify(memory));
  fs.fsyncSync(fresh);
  fs.closeSync(fresh);
  fs.renameSync(note + '.new', note);
  return memory;
}

/** The numbers of the parts that are not stored yet. */
async function missing(client, session) {
  const { uploaded, part_count: count } =
    await ask(client, 'list_parts', { session_id: session, source: 'reconcile', encoding: 'ranges' });
  const ranges = uploaded.split(',').filter(Boolean).map((range) => range.split('-').map(Number));
  return Array.from({ length: count }, (_, n) => n + 1)
    .filter((part) => !ranges.some(([first, last = first]) => first <= part && part <= last));
}

async function upload(file) {
  const { key, size } = remembered(file);
  const client = connect();
  const wanted = { object_name: basename(file), file_size_bytes: size, part_size_bytes: PART_BYTES };
  const task = await ask(client, 'create_session', { project_id: PROJECT, objects: [wanted] }, key);
  const session = task.objects[0].session_id;
  const bytes = await fs.promises.open(file);
  for (let left = await missing(client, session); left.length > 0; ) {
    const urls = await ask(client, 'presign_parts', { session_id: session, part_numbers: left.slice(0, AT_ONCE) });
    const stored = [];
    for (const part of urls.parts) {
      const data = Buffer.alloc(part.expected_size_bytes);
      const { bytesRead } = await bytes.read(data, 0, data.length, part.offset_start);
      if (bytesRead < data.length) {
        throw new Refused('the file is shorter than it was');
      }
      const etag = await put(part.url, data, part.required_headers);
      if (etag) {
        stored.push({ part_number: part.part_number, etag, size_bytes: data.length });
      }
    }
    if (stored.length > 0) {
      await ask(client, 'acknowledge_part', { session_id: session, parts: stored });
      left = left.filter((part) => !stored.some((one) => one.part_number === part));
    } else {
      await sleep(5000);
    }
  }
  await bytes.close();
  const result = await ask(client, 'complete_upload', { session_id: session });
  fs.rmSync(file + '.waybill');
  await client.endAsync();
  return result;
}

if (process.argv.length !== 3) {
  console.error('usage: node upload.js FILE');
  process.exit(2);
}
for (const name of ['TENANT', 'DEVICE', 'CREDENTIAL', 'PROJECT']) {
  if (!process.env[`WAYBILL_${name}`]) {
    console.error(`WAYBILL_${name} is not set`);
    process.exit(2);
  }
}
upload(process.argv[2]).then(
  (result) => console.log(JSON.stringify(result)),
  (e) => {
    console.error(e instanceof Refused ? `refused: ${e.message}` : e);
    process.exit(1);
  });
