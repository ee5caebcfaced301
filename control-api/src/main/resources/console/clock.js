// What time it is where the API is: a person's own clock may be hours off.
import { store } from './store.js';

const WORTH_SAYING_MS = 60_000;
let ahead = 0;

/** How far this computer's clock is off, in milliseconds; 0 while that is not worth a word. */
export const off = store(0);

export const now = () => Date.now() - ahead;

/** Learns from the `Date` of an answer, which is cut to a second. */
export function heard(date) {
  const there = Date.parse(date ?? '');
  if (!Number.isNaN(there)) {
    const seen = Date.now() - there - 500;
    ahead = Math.abs(seen) > 2000 ? seen : 0;
    const told = Math.abs(ahead) > WORTH_SAYING_MS ? ahead : 0;
    if (Math.abs(told - off.get()) > WORTH_SAYING_MS || (told === 0 && off.get() !== 0)) {
      off.set(told);
    }
  }
}
