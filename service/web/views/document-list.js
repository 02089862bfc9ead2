/** All documents in the graph, newest first, a page at a time. */
import { LitElement, html, nothing } from '../vendor/lit.js';
import { format } from '../core/url.js';
import { failure, loading } from './states.js';

const PAGE = 50;

export class DocumentList extends LitElement {
  static properties = {
    api: { attribute: false },
    t: { attribute: false },
    ontology: { attribute: false },
    place: { attribute: false },
    kind: { state: true },
    documents: { state: true },
    next: { state: true },
    total: { state: true },
    error: { state: true },
    busy: { state: true },
  };

  constructor() {
    super();
    Object.assign(this, { kind: '', documents: [], next: '', total: 0, error: null, busy: false, place: {} });
  }

  createRenderRoot() {
    return this;
  }

  firstUpdated() {
    this.#fetch(true);
  }

  async #fetch(afresh) {
    Object.assign(this, { busy: true, error: null });
    const kind = this.kind;
    try {
      const found = await this.api.get('/documents', { kind, limit: PAGE, cursor: afresh ? '' : this.next });
      if (kind !== this.kind) return;
      this.documents = afresh ? found.documents : [...this.documents, ...found.documents];
      Object.assign(this, { next: found.next ?? '', total: found.total });
    } catch (error) {
      this.error = error;
    } finally {
      this.busy = false;
    }
  }

  #filter(t) {
    const kinds = Object.entries(this.ontology.node('Document').kinds ?? {});
    const words = (kind, zh) => (t.short === 'zh' ? zh : kind);
    return html`<label class="filter"
      >${t('documents.kind')}
      <select
        @change=${(event) => {
          this.kind = event.target.value;
          this.#fetch(true);
        }}
      >
        <option value="">${t('documents.all')}</option>
        ${kinds.map(([kind, zh]) => html`<option value=${kind}>${words(kind, zh)}</option>`)}
      </select></label
    >`;
  }

  #row(document) {
    const { t } = this;
    const kinds = this.ontology.node('Document').kinds ?? {};
    return html`<tr>
      <td data-name=${t('column.document')}>
        <a href=${format({ ...this.place, view: 'document', document: document.id })}><bdi>${document.name}</bdi></a>
      </td>
      <td data-name=${t('column.kind')}>${t.short === 'zh' ? (kinds[document.kind] ?? '—') : document.kind || '—'}</td>
      <td data-name=${t('column.number')}><bdi>${document.number || '—'}</bdi></td>
      <td data-name=${t('column.issued')}>${t.date(document.issued_on) || document.year || '—'}</td>
      <td data-name=${t('column.source')}><bdi>${document.source}</bdi></td>
    </tr>`;
  }

  #table(t) {
    if (!this.documents.length)
      return this.busy ? loading(t) : html`<p class="state">${t(this.kind ? 'documents.none' : 'documents.empty')}</p>`;
    return html`<div class="scroll">
        <table class="rows documents">
          <thead>
            <tr>
              ${['document', 'kind', 'number', 'issued', 'source'].map(
                (name) => html`<th scope="col">${t(`column.${name}`)}</th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${this.documents.map((one) => this.#row(one))}
          </tbody>
        </table>
      </div>
      ${this.next ? html`<p><button class="button" ?disabled=${this.busy} @click=${() => this.#fetch(false)}>${t('documents.more')}</button></p>` : nothing}`;
  }

  render() {
    const { t } = this;
    return html`<section class="card">
      <header class="split">
        <h1>${t('documents.title')} <span class="small">${t('documents.count', { n: this.total })}</span></h1>
        ${this.#filter(t)}
      </header>
      ${this.error ? failure(this.error, t, { retry: () => this.#fetch(true) }) : this.#table(t)}
    </section>`;
  }
}

customElements.define('duty-document-list', DocumentList);
