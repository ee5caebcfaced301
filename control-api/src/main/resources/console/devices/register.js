// A new device: what it is called, and the credential that comes of it.
import * as api from '../api.js';
import { html, useState } from '../html.js';
import { FormDialog } from '../ui.js';
import { CredentialDialog } from './credential.js';

const YEARS = [['', 'never'], [String(90 * 86_400), 'in 90 days'], [String(365 * 86_400), 'in a year']];

export function Register({ root, onDone, onClose }) {
  const [made, setMade] = useState(null);
  if (made) {
    return html`<${CredentialDialog} device=${made.device} credential=${made.credential} onClose=${() => { onClose(); onDone(); }} />`;
  }
  return html`<${FormDialog} title="Register a device" confirm="Register" onClose=${onClose}
    about="It gets a credential, which is shown once."
    fields=${[
      { name: 'name', label: 'Name', required: true, maxlength: 200 },
      { name: 'device_code', label: 'Code', required: true, maxlength: 128, pattern: '[A-Za-z0-9][A-Za-z0-9._\\-]*', hint: 'Letters, digits, dots, dashes: such as robot-17. It is unique in the tenant.' },
      { name: 'device_type', label: 'Type', maxlength: 64, hint: 'Whatever you call this kind of machine; may stay empty.' },
      { name: 'expires_in_seconds', label: 'Its credential ends', type: 'select', options: YEARS.map(([value, text]) => ({ value, text })) },
    ]}
    act=${async (values) => {
      setMade(await api.post(`${root}/devices`, {
        name: values.name.trim(), device_code: values.device_code.trim(), device_type: values.device_type.trim() || null,
        expires_in_seconds: values.expires_in_seconds ? Number(values.expires_in_seconds) : null,
      }));
      return false;
    }} />`;
}
