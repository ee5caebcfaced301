// Who are you? A person of the installation's issuer, or an API key; on a developer's own machine the seeded one is offered.
import { html, useEffect, useRef, useState } from '../html.js';
import { leftAt, signIn, signInPerson, welcome } from '../session.js';
import { useStore } from '../store.js';
import { Failure, Field } from '../ui.js';
import { beside, leave } from './code-flow.js';
import { discover, nameOf } from './issuer.js';
import { person } from './person.js';

const ASK_AGAIN_MS = 3000;

/** The page of whoever is not signed in. */
export function SignIn({ why, onDone }) {
  useEffect(() => { document.title = 'Sign in · Waybill'; }, []);
  return html`
    <main class="alone sign-in">
      <section>
        <h1>Waybill</h1>
        <p class="about">See the fleet, know why something is stuck, upload from the browser.</p>
        <${Left} />
        <${Ways} why=${why} onDone=${onDone} />
      </section>
    </main>`;
}

/** Over what is open: it goes on as it was as soon as somebody has signed in again. */
export function SignInAgain({ why }) {
  const box = useRef(null);
  const open = () => box.current && !box.current.open && box.current.showModal();
  useEffect(() => {
    open();
    return () => box.current?.close();
  }, []);
  return html`
    <dialog ref=${box} class="away sign-in" aria-label="Sign in again" onCancel=${(event) => event.preventDefault()} onClose=${open}>
      <header><h2>Sign in again</h2></header>
      <section class="inside">
        <p class="about">Nothing is lost: what is open in this tab stays as it is, and uploads go on.</p>
        <${Ways} why=${why} onDone=${() => {}} isAgain />
      </section>
    </dialog>`;
}

function Ways({ why, onDone, isAgain }) {
  const [told, setTold] = useState(null);
  const [error, setError] = useState(why);
  useEffect(() => {
    let isOpen = true;
    let timer = null;
    const look = () => welcome().then(setTold, () => { timer = isOpen ? setTimeout(look, ASK_AGAIN_MS) : null; });
    look();
    return () => {
      isOpen = false;
      clearTimeout(timer);
    };
  }, []);
  const seeded = told?.development_seed ? told.development_api_key : null;
  return html`
    <${Failure} error=${inWords(error)} />
    ${told?.sign_in && html`<${AtIssuer} signIn=${told.sign_in} isAgain=${isAgain} onDone=${onDone} onError=${setError} />`}
    <${WithKey} seeded=${seeded} onDone=${onDone} onError=${setError} isSecond=${Boolean(told?.sign_in)} />`;
}

/** That a sign-in has ended is told in words that say what to do. */
function inWords(error) {
  const who = error?.code === 'auth.api_key_expired' && person();
  if (!who) {
    return error;
  }
  const issuer = nameOf(who.place.issuer);
  return Object.assign(Object.create(error), {
    message: who.refresh
      ? `Your sign-in at ${issuer} has ended, and ${issuer}, which would renew it, does not answer this page now. It is asked again
        every few seconds: as soon as it answers you go on where you were. Or use a key.`
      : `Your sign-in at ${issuer} has ended, and the API takes its token no more. Sign in there again.`,
    code: error.code,
  });
}

function AtIssuer({ signIn: told, isAgain, onDone, onError }) {
  const [place, setPlace] = useState(null);
  const [busy, setBusy] = useState(false);
  const [isBlocked, setBlocked] = useState(false);
  const find = () => discover(told).then((found) => { setPlace(found); return found; });
  // asked beforehand: a browser opens a window only while a button is being pressed
  useEffect(() => { find().catch((refusal) => onError((before) => before ?? refusal)); }, []);
  const take = async (answer) => {
    setBusy(true);
    try {
      await signInPerson(answer);
      onDone();
    } catch (refusal) {
      onError(refusal);
      setBusy(false);
    }
  };
  const press = async () => {
    onError(null);
    try {
      const there = place ?? await find();
      if (!isAgain) {
        leave(there);
      } else {
        setBlocked(!beside(there, take));
      }
    } catch (refusal) {
      onError(refusal);
    }
  };
  return html`
    <p class="issuer"><button type="button" class="main" disabled=${busy} aria-busy=${busy} onClick=${press}>
      Sign in with ${nameOf(told.issuer)}</button></p>
    ${isBlocked && html`<p class="notice warn small" role="alert">This browser opens no window for it. Allow this page to, and press
      again. Or <button type="button" class="link" onClick=${() => leave(place)}>sign in in this tab</button>: uploads of this tab
      then wait until their files are picked again.</p>`}`;
}

function WithKey({ seeded, onDone, onError, isSecond }) {
  const [key, setKey] = useState('');
  const [busy, setBusy] = useState(false);
  const enter = async (event) => {
    event.preventDefault();
    setBusy(true);
    onError(null);
    try {
      await signIn(key.trim());
      onDone();
    } catch (refusal) {
      onError(refusal);
      setBusy(false);
    }
  };
  return html`
    <form onSubmit=${enter} aria-label="Sign in">
      <${Field} label=${isSecond ? 'Or an API key' : 'API key'} type="password" required current=${key} onValue=${setKey} autocomplete="off"
        spellcheck="false" hint="It stays in this tab, and is forgotten with it." />
      ${seeded && html`<p class="notice small">This is a development stack: its key is published.
        <button type="button" class="link" onClick=${() => setKey(seeded)}>Use the development key</button></p>`}
      <footer><button type="submit" class=${isSecond ? '' : 'main'} disabled=${busy || key.trim() === ''}>Sign in</button>
        <a href="/docs">API description</a></footer>
    </form>`;
}

/** Signed out here is not signed out there. */
function Left() {
  const place = useStore(leftAt);
  if (!place) {
    return null;
  }
  const url = place.end && new URL(place.end);
  url?.searchParams.set('client_id', place.client_id);
  url?.searchParams.set('post_logout_redirect_uri', `${location.origin}/sign-in`);
  return html`<p class="notice small" role="status">You are signed out of this tab. At ${nameOf(place.issuer)} you may still be signed
    in.${url && html` <a href=${url.href}>Sign out there, too</a>`}</p>`;
}
