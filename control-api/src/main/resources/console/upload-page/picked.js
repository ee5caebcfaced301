// What a person has dropped or picked, as the library takes it.
import { objectName } from '../upload/waybill-upload.js';

/** @param {FileList | File[]} files of a picker: a folder's keep their place in it */
export const ofPicker = (files) => [...files].map((file) => ({ file, objectName: objectName(file), handle: null }));

/** Files and folders that were dropped; a file that the browser gives a handle of can be gone on with by one click. */
export async function ofDrop(transfer) {
  const items = [...transfer.items].filter((item) => item.kind === 'file');
  // all of them have to be asked for at once: after the first wait the browser has forgotten them
  const found = items.map((item) => ({
    entry: item.webkitGetAsEntry?.() ?? null,
    file: item.getAsFile(),
    handle: item.getAsFileSystemHandle?.().catch(() => null) ?? null,
  }));
  const picked = await Promise.all(found.map(async ({ entry, file, handle }) =>
    (entry?.isDirectory ? below(entry) : [{ file, objectName: objectName(file), handle: await handle }])));
  return picked.flat();
}

async function below(folder) {
  const entries = await all(folder.createReader());
  const files = [];
  for (const entry of entries) {
    if (entry.isDirectory) {
      files.push(...await below(entry));
    } else {
      const file = await new Promise((resolve, reject) => { entry.file(resolve, reject); });
      files.push({ file, objectName: objectName(file, entry.fullPath), handle: null });
    }
  }
  return files;
}

/** A reader gives a hundred at a time, until it gives none. */
async function all(reader) {
  const entries = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => { reader.readEntries(resolve, reject); });
    if (some.length === 0) {
      return entries;
    }
    entries.push(...some);
  }
}
