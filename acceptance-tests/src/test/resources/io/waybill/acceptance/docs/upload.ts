// Uploads a file with the client that a generator has made of docs/openapi.yaml, and says what became of it.
import { Api } from "./client.js";

declare const process: { argv: string[] };

const [address, key, project] = process.argv.slice(2) as [string, string, string];
const partBytes = 5 * 1024 * 1024;
const bytes = new Uint8Array(partBytes + 1000).map((_, at) => at % 251);

const api = new Api<string>({
  baseUrl: address,
  securityWorker: (bearer) => ({ headers: { Authorization: `Bearer ${bearer}` } }),
});
api.setSecurityData(key);

const task = await api.v1.createUploadTask(
  project,
  {
    objects: [
      {
        dataset_name: "from a generated client",
        object_name: "generated.bin",
        file_size_bytes: bytes.length,
        part_size_bytes: partBytes,
      },
    ],
    presign: { first: 1 },
  },
  { headers: { "Idempotency-Key": "generated-1" } },
);
const object = task.data.objects[0]!;
const sessionId = object.session_id!;
const second = await api.v1.presignParts(sessionId, { part_numbers: [2] });

const acknowledged: { part_number: number; etag: string; size_bytes: number }[] = [];
for (const part of [...object.presigned!.parts!, ...second.data.parts!]) {
  const answer = await fetch(part.url, {
    method: "PUT",
    headers: part.required_headers,
    body: bytes.slice(part.offset_start, part.offset_end_exclusive),
  });
  if (!answer.ok) {
    throw new Error(`part ${part.part_number}: ${answer.status} ${await answer.text()}`);
  }
  acknowledged.push({
    part_number: part.part_number,
    etag: answer.headers.get("etag")!,
    size_bytes: part.expected_size_bytes,
  });
}
await api.v1.acknowledgeParts(sessionId, { parts: acknowledged });
const completed = await api.v1.completeUpload(sessionId, {});
const dataset = await api.v1.getDataset(project, object.dataset_id);
const refused = await api.v1.getUpload("00000000-0000-0000-0000-000000000000").catch((answer) => answer.error);

console.log(
  JSON.stringify({
    session: completed.data.status,
    bytes: completed.data.object_size_bytes,
    dataset: dataset.data.status,
    refused: refused.error.code,
  }),
);
