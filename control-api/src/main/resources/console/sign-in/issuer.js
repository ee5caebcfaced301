// What the console and an OpenID Connect issuer say to each other. No cookie and no secret goes along.
import { ApiError } from '../api.js';
import { visible } from '../format.js';

const PATIENCE_MS = 15_000;

/** Why nobody was signed in, with what to do about it. */
export const trouble = (what, message) => new ApiError(401, `console.sign_in_${what}`, message);

/** How an issuer is called in a sentence. */
export const nameOf = (issuer) => new URL(issuer).host;

/**
 * Where this issuer signs people in and gives tokens, as it says itself.
 *
 * @param {{issuer: string, client_id: string, scope: string}} signIn as `GET /v1/welcome` tells
 */
export async function discover(signIn) {
  const { issuer } = signIn;
  const told = await ask(issuer, `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`, {});
  if (told.status !== 200 || told.json?.issuer !== issuer) {
    throw trouble('misconfigured', `${nameOf(issuer)} does not describe itself as ${issuer}: whoever runs Waybill must set WAYBILL_OIDC_ISSUER as it does, letter for letter. A key lets you in meanwhile.`);
  }
  const { authorization_endpoint: authorize, token_endpoint: token } = told.json;
  const isThere = (url) => typeof url === 'string' && URL.canParse(url) && new URL(url).origin === new URL(issuer).origin;
  if (!isThere(authorize) || !isThere(token)) {
    throw trouble('misconfigured', `${nameOf(issuer)} signs people in at another address than its own, and this page talks to nobody but it. A key lets you in.`);
  }
  return {
    ...signIn, authorize, token,
    revoke: isThere(told.json.revocation_endpoint) ? told.json.revocation_endpoint : null,
    end: isThere(told.json.end_session_endpoint) ? told.json.end_session_endpoint : null,
  };
}

/** Tokens for what this grant is about; the issuer's refusal is thrown in its own words. */
export async function tokens(place, grant) {
  const answer = await post(place, place.token, grant);
  const { access_token: token, refresh_token: refresh, token_type: type } = answer.json ?? {};
  if (answer.status !== 200) {
    throw trouble('refused', `${nameOf(place.issuer)} gives no token${why(answer.json)}. Sign in again; if that does not help, whoever runs Waybill should look at its client ${visible(place.client_id)} there.`);
  }
  if (typeof token !== 'string' || String(type).toLowerCase() !== 'bearer' || token.split('.').length !== 3) {
    throw trouble('misconfigured', `${nameOf(place.issuer)} gives no signed token that the API can check: whoever runs Waybill must have it give one for WAYBILL_OIDC_AUDIENCE (WAYBILL_OIDC_SCOPE may be needed).`);
  }
  return { token, refresh: typeof refresh === 'string' ? refresh : null };
}

/** Has the issuer forget a token that gives others; whether it does, is its business. */
export function revoke(place, refresh) {
  return place.revoke ? post(place, place.revoke, { token: refresh, token_type_hint: 'refresh_token' }).catch(() => {}) : null;
}

/** What an issuer says of a refusal. */
export const why = (told) => {
  const said = told?.error_description ?? told?.error;
  return typeof said === 'string' ? `: ${visible(said).slice(0, 300)}` : '';
};

const post = (place, url, form) => ask(place.issuer, url, {
  method: 'POST',
  body: new URLSearchParams({ ...form, client_id: place.client_id }),
});

/** What the issuer answers; one that is busy, broken, or breaks off has not answered. */
async function ask(issuer, url, init) {
  let status;
  let text;
  try {
    const response = await fetch(url, {
      ...init, credentials: 'omit', cache: 'no-store', redirect: 'error', referrerPolicy: 'no-referrer',
      headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(PATIENCE_MS),
    });
    status = response.status;
    text = await response.text();
  } catch {
    throw away(issuer);
  }
  if (status >= 500 || status === 429 || status === 408) {
    throw away(issuer);
  }
  return { status, json: parsed(text) };
}

const away = (issuer) => Object.assign(
  trouble('unreachable', `${nameOf(issuer)} does not answer this page. Is it there? It must allow the origin ${location.origin} (CORS). Nothing is lost; try again, or use a key.`),
  { status: 0 });

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
