// What browsers have and the Node.js 18 of Debian 12 has not, or hides.
import * as buffer from 'node:buffer';
import { webcrypto } from 'node:crypto';

globalThis.crypto ??= webcrypto;
globalThis.File ??= buffer.File;

String.prototype.toWellFormed ??= function toWellFormed() {
  return this.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
};
