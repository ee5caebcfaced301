// The line that makes a machine a device: docs/device-agent.md has its fields. It holds the credential.

export function provisionLine({ device, secret, where, keys }) {
  const told = {
    tenant_id: device.tenant_id,
    project_id: device.project_id,
    device_id: device.device_id,
    device_code: device.device_code,
    credential: secret,
    broker: { host: where.host.trim(), port: Number(where.port), tls: where.tls },
    api_url: location.origin,
    receipt: keys.length ? { keys: keys.map((key) => key.x) } : null,
    roots: where.root.trim() ? [where.root.trim()] : [],
  };
  return `waybill1.${base64url(JSON.stringify(told))}`;
}

function base64url(text) {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte));
  return btoa(bytes.join('')).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
