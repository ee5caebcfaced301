// How and where things are stored.
import * as api from '../api.js';
import { html } from '../html.js';
import { useProject } from '../session.js';
import { Code, FormDialog, List, Name, Opener, Panel, Status, usePages } from '../ui.js';
import { bytes, duration, word } from '../format.js';

const MIB = 1 << 20;
const CHECKSUMS = ['NONE', 'CLIENT_REPORTED', 'SERVER_ASYNC_VALIDATE', 'SERVER_STRICT_VALIDATE', 'STORAGE_NATIVE_CRC32C', 'STORAGE_NATIVE_CRC64NVME', 'STORAGE_NATIVE_SHA256'];
const options = (values) => values.map((value) => ({ value, text: word(value) }));

export function Policies() {
  const { may } = useProject();
  const pages = usePages('storage_policies', (cursor) => api.get('/v1/storage-policies', { cursor }), []);
  const manages = may('storage_policy.manage');
  return html`
    <${Panel} title="Storage policies" className="flush" actions=${manages && html`<${Opener} text="New policy" tone="main" dialog=${(close) => html`
      <${FormDialog} title="New storage policy" confirm="Make it" onClose=${close}
        fields=${[{ name: 'endpoint_ref', label: 'Endpoint', required: true, value: 'default', hint: 'A name of the operator’s configuration.' }, { name: 'bucket', label: 'Bucket', required: true }, ...fields({})]}
        act=${async (values) => { await api.post('/v1/storage-policies', { endpoint_ref: values.endpoint_ref, bucket: values.bucket, ...bodyOf(values) }); pages.reload(); }} />`} />`}>
      <${List} pages=${pages} caption="Storage policies" keyOf=${(p) => p.storage_policy_id} columns=${columns(manages, pages.reload)} empty="There is none that this key may see." />
    <//>`;
}

const columns = (manages, reload) => [
  { head: 'Policy', wide: true, cell: (p) => html`<${Name}>${p.name}<//> ${p.is_default && html`<span class="tag">default</span>`}<span class="under"><${Code}>${p.endpoint_ref}/${p.bucket}<//></span>` },
  { head: 'Parts', num: true, cell: (p) => bytes(p.default_part_size_bytes) },
  { head: 'URLs last', cell: (p) => duration(p.url_life_seconds) },
  { head: 'Checksums', cell: (p) => word(p.checksum_mode) },
  { head: 'Validation', cell: (p) => (p.validation_required ? 'required' : 'not required') },
  { head: 'Lock', cell: (p) => (p.object_lock_mode === 'NONE' ? '–' : `${word(p.object_lock_mode)}, ${p.object_lock_days ?? 0} d`) },
  { head: 'State', cell: (p) => html`<${Status} value=${p.status} />` },
  manages && { head: '', num: true, cell: (p) => html`<${Opener} text="Edit" dialog=${(close) => html`
    <${FormDialog} title="Edit the policy" onClose=${close} fields=${fields(p)}
      act=${async (values) => { await api.patch(`/v1/storage-policies/${p.storage_policy_id}`, { ...bodyOf(values), version: p.version }); reload(); }} />`} />` },
].filter(Boolean);

const fields = (p) => [
  { name: 'name', label: 'Name', required: true, value: p.name, maxlength: 200 },
  { name: 'part_mib', label: 'Part size, in MiB', type: 'number', min: 5, max: 5120, value: (p.default_part_size_bytes ?? 64 * MIB) / MIB },
  { name: 'url_minutes', label: 'URLs last, in minutes', type: 'number', min: 1, max: 360, value: (p.url_life_seconds ?? 900) / 60 },
  { name: 'retention_days', label: 'Days that datasets are kept', type: 'number', min: 0, value: p.retention_days ?? '', hint: 'Empty: as the project says.' },
  { name: 'checksum_mode', label: 'Checksums', type: 'select', value: p.checksum_mode ?? 'CLIENT_REPORTED', options: options(CHECKSUMS) },
  { name: 'content_types', label: 'Content types', value: (p.content_types ?? []).join(', '), hint: 'Separated by commas; empty allows all.' },
  { name: 'validation_required', label: 'Files are validated before they are ready', type: 'check', value: p.validation_required ?? false },
  { name: 'instant_upload_allowed', label: 'Bytes that are there already are not sent again', type: 'check', value: p.instant_upload_allowed ?? false },
  { name: 'legal_hold_default', label: 'New datasets are held', type: 'check', value: p.legal_hold_default ?? false },
  { name: 'is_default', label: 'For projects without a policy of their own', type: 'check', value: p.is_default ?? false },
];

const bodyOf = (values) => ({
  name: values.name.trim(),
  default_part_size_bytes: Math.round(Number(values.part_mib) * MIB),
  url_life_seconds: Math.round(Number(values.url_minutes) * 60),
  retention_days: values.retention_days === '' ? null : Number(values.retention_days),
  checksum_mode: values.checksum_mode,
  content_types: values.content_types.split(',').map((one) => one.trim()).filter(Boolean),
  validation_required: values.validation_required,
  instant_upload_allowed: values.instant_upload_allowed,
  legal_hold_default: values.legal_hold_default,
  is_default: values.is_default,
});
