// @ts-check
/** A random id; `crypto.randomUUID` is only for pages that came over https or from this machine. */
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
