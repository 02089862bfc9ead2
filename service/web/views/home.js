/** The first screen: one box, what can be asked, how much there is to ask about. */
import { html, nothing } from '../vendor/lit.js';

const EXAMPLES = ['example.owners', 'example.unit', 'example.vehicle', 'example.gaps'];

export function home({ t, documents, ask, box, list }) {
  return html`<section class="home">
    <h1>${t('home.title')}</h1>
    <p class="lead">${t('home.lead')}</p>
    ${box}
    ${
      documents === 0
        ? html`<div class="state quiet">
            <p>${t('home.empty')}</p>
            <p><code>zhize ingest ${t('home.folder')}</code></p>
          </div>`
        : html`<nav class="examples" aria-label=${t('home.examples')}>
            <span>${t('home.examples')}</span>${EXAMPLES.map(
              (key) => html`<button class="chip" @click=${() => ask(t(key))}>${t(key)}</button>`,
            )}
          </nav>`
    }
    ${documents ? html`<p class="small"><a href=${list}>${t('home.documents', { n: t.number(documents) })}</a></p>` : nothing}
  </section>`;
}
