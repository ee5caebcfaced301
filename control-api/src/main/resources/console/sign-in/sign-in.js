// Who are you? An API key; on a developer's own machine the seeded one is offered.
import { html, useEffect, useState } from '../html.js';
import { signIn, welcome } from '../session.js';
import { Failure, Field } from '../ui.js';

export function SignIn({ why, onDone }) {
  const [key, setKey] = useState('');
  const [error, setError] = useState(why);
  const [busy, setBusy] = useState(false);
  const [seeded, setSeeded] = useState(null);
  useEffect(() => {
    document.title = 'Sign in · Waybill';
    welcome().then((told) => setSeeded(told.development_seed ? told.development_api_key : null), () => {});
  }, []);
  const enter = async (event) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await signIn(key.trim());
      onDone();
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  };
  return html`
    <main class="alone sign-in">
      <form onSubmit=${enter} aria-label="Sign in">
        <h1>Waybill</h1>
        <p class="about">See the fleet, know why something is stuck, upload from the browser.</p>
        <${Field} label="API key" type="password" required current=${key} onValue=${setKey} autocomplete="off"
          spellcheck="false" hint="It stays in this tab, and is forgotten with it." />
        ${seeded && html`<p class="notice small">This is a development stack: its key is published.
          <button type="button" class="link" onClick=${() => setKey(seeded)}>Use the development key</button></p>`}
        <${Failure} error=${error} />
        <footer><button type="submit" class="main" disabled=${busy || key.trim() === ''}>Sign in</button>
          <a href="/docs">API description</a></footer>
      </form>
    </main>`;
}
