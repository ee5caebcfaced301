// The person of this tab, if it is one of an issuer: what gives new tokens is in sessionStorage, and ends with the tab.
import * as api from '../api.js';
import { revoke, tokens } from './issuer.js';

const PERSON = 'waybill.person';
const PAUSE_MS = 10_000;
let asked = 0;
let asking = null;

/** `{place, refresh}`; null while a key, or nobody, is signed in. */
export const person = () => JSON.parse(sessionStorage.getItem(PERSON) ?? 'null');

export function keep({ place, refresh }) {
  sessionStorage.setItem(PERSON, JSON.stringify({ place, refresh }));
}

/** Forgets who it was; the issuer is asked to forget it, too. */
export function forget() {
  const who = person();
  sessionStorage.removeItem(PERSON);
  if (who?.refresh) {
    revoke(who.place, who.refresh);
  }
}

/** Has `take` be told another token when the API does not take the one at hand any more. */
export function renewing(take) {
  api.renewWith(() => {
    const who = person();
    if (!asking && who?.refresh && Date.now() - asked > PAUSE_MS) {
      asked = Date.now();
      asking = renew(who, take).finally(() => { asking = null; });
    }
    return asking ?? false;
  });
}

async function renew({ place, refresh }, take) {
  try {
    const given = await tokens(place, { grant_type: 'refresh_token', refresh_token: refresh });
    if (person()?.refresh !== refresh) {
      if (given.refresh) {
        revoke(place, given.refresh);
      }
      return false;
    }
    keep({ place, refresh: given.refresh ?? refresh });
    take(given.token);
    return true;
  } catch (error) {
    // an issuer that is away is asked again; one that refuses is not
    if (error.status !== 0 && person()?.refresh === refresh) {
      keep({ place, refresh: null });
    }
    return false;
  }
}

/** What a token calls whoever it is about; the API alone knows whether that is true. */
export function nameIn(token) {
  const claims = claimsIn(token);
  return [claims.preferred_username, claims.name, claims.email, claims.sub].find((name) => typeof name === 'string') ?? '';
}

/** Whom a token is about, so that two can be compared. */
export function subjectIn(token) {
  const { iss, sub } = claimsIn(token);
  return JSON.stringify([iss, sub]);
}

function claimsIn(token) {
  try {
    const bytes = Uint8Array.from(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) ?? {};
  } catch {
    return {};
  }
}
