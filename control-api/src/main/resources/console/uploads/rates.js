// How fast each task grows, worked out of what the API said of it before.
const SMOOTH = 0.4;
const FORGET_MS = 60_000;

/** Remembers what was sent of each task; `note` answers bytes a second, or null while it is not known. */
export function rates() {
  const known = new Map();
  return {
    note(id, sent, at = performance.now()) {
      const before = known.get(id);
      if (!before || at - before.at > FORGET_MS || sent < before.sent) {
        known.set(id, { sent, at, rate: null });
        return null;
      }
      const seconds = (at - before.at) / 1000;
      if (seconds < 1) {
        return before.rate;
      }
      const now = (sent - before.sent) / seconds;
      const rate = before.rate === null ? now : before.rate * (1 - SMOOTH) + now * SMOOTH;
      known.set(id, { sent, at, rate });
      return rate;
    },
  };
}
