// @ts-check
import { hex, Sha256 } from './sha256.js';

const MIB = 1 << 20;

/**
 * What is remembered of a file, to know it again.
 * @typedef {object} Seen
 * @property {string} name
 * @property {number} size in bytes
 * @property {number} lastModified in milliseconds
 * @property {string} ends SHA-256 of its first and last MiB
 */

/**
 * @param {File} file
 * @returns {Promise<Seen>}
 */
export async function look(file) {
  const { name, size, lastModified } = file;
  return { name, size, lastModified, ends: await sumOfEnds(file) };
}

/**
 * What shows that this is another file than was seen; null when nothing does.
 * @param {Seen} seen
 * @param {File} file
 * @returns {Promise<string | null>}
 */
export async function difference(seen, file) {
  if (file.size !== seen.size) {
    return `it has ${file.size} bytes and had ${seen.size}`;
  }
  if (file.lastModified !== seen.lastModified) {
    const [now, then] = [file, seen].map((each) => new Date(each.lastModified).toISOString());
    return `it was changed at ${now}, and was last changed at ${then} when the upload began`;
  }
  return (await sumOfEnds(file)) === seen.ends
    ? null
    : 'its first and last MiB are not those of the file that the upload was begun with';
}

/** @param {Blob} file */
async function sumOfEnds(file) {
  const sum = new Sha256();
  for (const end of [file.slice(0, MIB), file.slice(Math.max(MIB, file.size - MIB))]) {
    sum.update(new Uint8Array(await end.arrayBuffer()));
  }
  return hex(sum.digest());
}

/**
 * Why a file that was picked cannot be read any more; null when it can. Browsers refuse to read
 * what has changed since it was picked.
 * @param {Blob} blob
 */
export async function unreadable(blob) {
  try {
    await blob.slice(blob.size - 1).arrayBuffer();
    return null;
  } catch (e) {
    return 'the file was changed, moved or taken away since it was picked'
      + (e instanceof Error ? ` (${e.message})` : '');
  }
}

/**
 * The name under which a file is sent: its place in a folder that was dropped, with `_` for what a
 * name may not have.
 * @param {File & {webkitRelativePath?: string}} file
 * @param {string} [path] where it was found, when that is known better
 */
export function objectName(file, path = file.webkitRelativePath || file.name) {
  return path
    .toWellFormed()
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => (/^\.\.?$/.test(segment) ? segment.replaceAll('.', '_') : segment))
    .join('/')
    .replace(/[\p{Cc}\\\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]/gu, '_')
    .replace(/^([A-Za-z]):/, '$1_');
}
