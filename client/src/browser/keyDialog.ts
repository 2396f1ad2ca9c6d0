/** Where a person gives a key. A pair of key and secret is changed for a token at once; nothing of it ever stands in an address. */
import { button, h } from '../report/webview/dom.ts';
import { labelled } from './elements.ts';
import { ServiceFailure } from './failure.ts';
import type { Page } from './page.ts';

/** @param changed called when there is another token, or none any more */
export function keyDialog(page: Page, changed: () => void): HTMLDialogElement {
  const { t } = page.words;
  const field = (type: string, name: string) =>
    h('input', { type, name, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off', maxlength: 4096 });
  const [key, secret, token] = [field('text', 'key'), field('password', 'secret'), field('password', 'token')];
  const said = h('p', { class: 'error', role: 'alert' });
  const use = h('button', { type: 'submit', class: 'primary' }, t('Use it'));
  const done = (next: string | null) => {
    page.session.keep(next);
    page.session.balance = null;
    dialog.close();
    for (const input of [key, secret, token]) input.value = '';
    changed();
  };
  const forget = button('quiet', t('Forget the key'), () => done(null));
  const form = h(
    'form',
    { method: 'dialog' },
    h('h2', { id: 'key-title' }, t('Key of this service')),
    h('p', { class: 'muted' }, t('It stays in this tab and is gone when you close it.')),
    labelled(t('Key'), key),
    labelled(t('Secret'), secret),
    h('p', { class: 'or muted' }, t('or')),
    labelled(t('Token'), token),
    said,
    h(
      'p',
      { class: 'actions' },
      use,
      button('quiet', t('Cancel'), () => dialog.close()),
      forget,
    ),
  );
  const dialog = h('dialog', { class: 'key', 'aria-labelledby': 'key-title' }, form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    said.textContent = '';
    const given = token.value.trim();
    if (given !== '') return done(given);
    if (key.value.trim() === '' || secret.value === '') {
      said.textContent = t('Give a key and its secret, or a token.');
      return;
    }
    use.disabled = true;
    page.service
      .token(key.value.trim(), secret.value, AbortSignal.timeout(30_000))
      .then(done)
      .catch((error: unknown) => {
        said.textContent = refusal(error, page);
      })
      .finally(() => {
        use.disabled = false;
      });
  });
  dialog.addEventListener('toggle', () => {
    forget.hidden = page.session.token() === null;
    said.textContent = '';
  });
  return dialog;
}

function refusal(error: unknown, { words: { t } }: Page): string {
  if (error instanceof ServiceFailure && error.kind === 'key') return t('The service refused this key and secret.');
  if (error instanceof ServiceFailure && error.kind === 'wait') return t('Too many tries. Wait a minute.');
  return t('The service does not answer.');
}
