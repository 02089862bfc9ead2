/** States that are not an answer, each with a way on. */
import { html, nothing } from '../vendor/lit.js';

/** What failed, in the service's own sentence where it has one, and what can be done. */
export function failure(error, t, { retry, useKey }) {
  const code = error.code ?? 'page-error';
  const known = t.has(`error.${code}`) ? t(`error.${code}`) : '';
  const locked = error.status === 401 || error.status === 403;
  return html`<section class="state" role="alert">
    <h2>${known || error.title || t('error.title')}</h2>
    ${error.detail && code !== 'unreachable' && code !== 'timeout' ? html`<p>${error.detail}</p>` : nothing}
    ${locked && useKey ? keyForm(t, useKey) : nothing}
    ${error.requestId ? html`<p class="small">${t('error.request', { id: error.requestId })}</p>` : nothing}
    ${retry ? html`<p><button class="button" @click=${retry}>${t('retry')}</button></p>` : nothing}
  </section>`;
}

function keyForm(t, useKey) {
  const submit = (event) => {
    event.preventDefault();
    useKey(new FormData(event.target).get('key'));
  };
  return html`<form class="key" @submit=${submit}>
    <label>${t('key.label')}<input name="key" type="password" autocomplete="off" required /></label>
    <button class="button primary">${t('key.use')}</button>
    <p class="small">${t('key.note')}</p>
  </form>`;
}

export function loading(t) {
  return html`<div class="state quiet" role="status"><span class="spinner" aria-hidden="true"></span>${t('loading')}</div>`;
}
