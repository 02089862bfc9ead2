/** A whole document, with the sentence one came for marked and in view. */
import { LitElement, html, nothing } from '../vendor/lit.js';
import { CodePoints, breadcrumb } from '../core/offsets.js';
import { failure, loading } from './states.js';

/** Events: span {start, end} when a section is chosen, close. */
export class DocumentReader extends LitElement {
  static properties = {
    api: { attribute: false },
    t: { attribute: false },
    ontology: { attribute: false },
    documentId: { attribute: false },
    span: { attribute: false },
    back: { attribute: false },
    found: { state: true },
    error: { state: true },
  };

  constructor() {
    super();
    Object.assign(this, { documentId: '', span: null, back: './', found: null, error: null });
  }

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (changed.has('documentId') && this.documentId) this.#fetch();
  }

  updated(changed) {
    if ((changed.has('found') || changed.has('span')) && this.found) this.#reveal();
  }

  async #fetch() {
    Object.assign(this, { found: null, error: null });
    const id = this.documentId;
    try {
      const [text, about] = await Promise.all([this.api.documentText(id), this.api.document(id)]);
      if (id === this.documentId) this.found = { points: new CodePoints(text.text), sections: text.sections ?? [], about };
    } catch (error) {
      if (id === this.documentId) this.error = error;
    }
  }

  #reveal() {
    const target = this.querySelector('mark') ?? this.querySelector('h1');
    target?.scrollIntoView({ block: 'center' });
    target?.focus({ preventScroll: true });
  }

  #text() {
    const { points } = this.found;
    const { start, end } = this.span && this.span.start < points.length ? this.span : { start: 0, end: 0 };
    const mark = end ? html`<mark tabindex="-1">${points.slice(start, end)}</mark>` : nothing;
    return html`<div class="text">${points.slice(0, start)}${mark}${points.slice(end)}</div>`;
  }

  #contents(t) {
    const { sections } = this.found;
    if (!sections.length) return nothing;
    const here = new Set(this.span ? breadcrumb(sections, this.span.start).map(({ id }) => id) : []);
    const go = (event, { start, end }) => {
      event.preventDefault();
      this.dispatchEvent(new CustomEvent('span', { detail: { start, end }, bubbles: true }));
    };
    return html`<nav class="contents" aria-label=${t('document.contents')}>
      <h2>${t('document.contents')}</h2>
      <ol>
        ${sections.map(
          (section) =>
            html`<li class="level-${Math.min(3, section.level)}">
              <a href="#" aria-current=${here.has(section.id) ? 'true' : nothing} @click=${(event) => go(event, section)}
                ><bdi>${section.number}${section.name}</bdi></a
              >
            </li>`,
        )}
      </ol>
    </nav>`;
  }

  #facts(t) {
    const { about } = this.found;
    const kind = this.ontology.node('Document').kinds?.[about.kind];
    const issuer = Array.isArray(about.issuer) ? about.issuer.map(({ name }) => name).join(t('list.comma')) : about.issuer?.name;
    const damage = (about.damage ?? []).map((code) => (t.has(`damage.${code}`) ? t(`damage.${code}`) : code));
    const facts = [t.short === 'zh' ? kind : about.kind, about.number, issuer, t.date(about.issued_on), about.source];
    return html`<p class="facts">${facts.filter(Boolean).map((fact) => html`<span><bdi>${fact}</bdi></span>`)}</p>
      ${damage.length ? html`<p class="small warning">${t('document.damage')}${damage.join(t('list.comma'))}</p>` : nothing}`;
  }

  render() {
    const { t } = this;
    if (this.error) return failure(this.error, t, { retry: () => this.#fetch() });
    if (!this.found) return loading(t);
    return html`<article class="document">
      <header>
        <a class="button" href=${this.back}>← ${t('document.back')}</a>
        <h1 tabindex="-1"><bdi>${this.found.about.name}</bdi></h1>
        ${this.#facts(t)}
      </header>
      <div class="reader">${this.#contents(t)}${this.#text()}</div>
    </article>`;
  }
}

customElements.define('duty-document-reader', DocumentReader);
