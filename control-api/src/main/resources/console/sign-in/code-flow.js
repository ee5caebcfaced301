// Signing in at an issuer: authorization code with PKCE, in this tab, or beside it in a window of its own.
import { Sha256 } from '../upload/sha256.js';
import { nameOf, tokens, trouble, why } from './issuer.js';

const UNDER_WAY = 'waybill.sign-in';
const BESIDE = 'beside.';
let heard = null;
const channel = () => new BroadcastChannel('waybill.sign-in');
const address = () => `${location.origin}/sign-in`;

const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
// WebCrypto would not sum on a page that came in the clear from another machine.
const challengeOf = (verifier) => base64url(new Sha256().update(new TextEncoder().encode(verifier)).digest());

/** Leaves for the issuer; what was open is open again afterwards. */
export function leave(place) {
  location.assign(begin(place, ''));
}

/**
 * Signs in in another window, so that what is under way in this one goes on. Answers whether there is one; `done` is
 * told the issuer's answer.
 */
export function beside(place, done) {
  const window_ = window.open(begin(place, BESIDE), 'waybill-sign-in', 'popup,width=560,height=760');
  if (!window_) {
    sessionStorage.removeItem(UNDER_WAY);
    return false;
  }
  disown(window_);
  heard?.close();
  heard = channel();
  heard.onmessage = ({ data }) => {
    if (data.state === underWay()?.state) {
      heard.close();
      done(data);
    }
  };
  return true;
}

/** What is shown there cannot lead this page elsewhere. */
function disown(window_) {
  try {
    window_.opener = null;
  } catch {
    // a window of before, which shows another origin already
  }
}

function begin(place, prefix) {
  const verifier = random();
  const state = prefix + random();
  const back = location.pathname === '/sign-in' ? '/' : location.pathname + location.search;
  sessionStorage.setItem(UNDER_WAY, JSON.stringify({ state, verifier, back, place }));
  const url = new URL(place.authorize);
  Object.entries({
    response_type: 'code', client_id: place.client_id, redirect_uri: address(), scope: place.scope, state,
    code_challenge: challengeOf(verifier), code_challenge_method: 'S256',
  }).forEach(([name, value]) => url.searchParams.set(name, value));
  return url.href;
}

const underWay = () => JSON.parse(sessionStorage.getItem(UNDER_WAY) ?? 'null');

/** What the issuer has sent this window back with, taken out of the address at once; null when it has not. */
export function returned() {
  const told = Object.fromEntries(new URLSearchParams(location.search));
  if (location.pathname !== '/sign-in' || !(told.code || told.error)) {
    return null;
  }
  history.replaceState(null, '', '/sign-in');
  return told;
}

/** Whether this window is only for signing in; then the one that has opened it is told, and this one closes. */
export function handOver(told) {
  if (!told?.state?.startsWith(BESIDE)) {
    return false;
  }
  channel().postMessage(told);
  window.close();
  return true;
}

/**
 * Makes tokens of the issuer's answer, once.
 *
 * @returns {Promise<{token: string, refresh: ?string, place: Object, back: string}>}
 */
export async function finish(told) {
  const begun = underWay();
  sessionStorage.removeItem(UNDER_WAY);
  if (!begun || begun.state !== told.state || (told.iss !== undefined && told.iss !== begun.place.issuer)) {
    throw trouble('mismatch', 'This answer is to no sign-in that was begun in this tab: it was opened twice, begun elsewhere, or is not yours. Nobody was signed in; begin again here.');
  }
  if (!told.code) {
    throw trouble('refused', `${nameOf(begun.place.issuer)} has signed nobody in${why(told)}. Begin again, or use a key.`);
  }
  const given = await tokens(begun.place, {
    grant_type: 'authorization_code', code: told.code, redirect_uri: address(), code_verifier: begun.verifier,
  });
  return { ...given, place: begun.place, back: begun.back };
}
