// A value that several parts of the page follow.
import { useEffect, useState } from './html.js';

/**
 * @template T
 * @param {T} initial
 */
export function store(initial) {
  let value = initial;
  const listeners = new Set();
  return {
    get: () => value,
    set(next) {
      value = next;
      listeners.forEach((listener) => listener(value));
    },
    /** Calls back with every new value; answers what ends that. */
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The value, and a new drawing with each new one. */
export function useStore(followed) {
  const [value, setValue] = useState(followed.get());
  useEffect(() => {
    setValue(followed.get());
    return followed.follow(setValue);
  }, [followed]);
  return value;
}
