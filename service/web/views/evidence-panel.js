/** The proof: the sentence highlighted where it stands in its document. */
import { LitElement, html, nothing } from '../vendor/lit.js';
import { CodePoints, CONTEXT, around, breadcrumb } from '../core/offsets.js';
import { areDuties, comparedOfRow, matchOfRow } from '../core/rows.js';
import { basis, role } from './answer-card.js';
import { failure, loading } from './states.js';

/**
 * Shows `evidence` {document, start, end, quote}; with the answer's `row`, also why this row is a fact and why its task
 * was found. Events: walk {step}, open {document, span}.
 */
export class EvidencePanel extends LitElement {
  static properties = {
    api: { attribute: false },
    t: { attribute: false },
    evidence: { attribute: false },
    row: { attribute: false },
    index: { type: Number },
    count: { type: Number },
    texts: { state: true },
    error: { state: true },
  };

  constructor() {
    super();
    Object.assign(this, { evidence: null, row: null, index: 0, count: 0, texts: new Map(), error: null });
  }

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (changed.has('evidence') || changed.has('row')) this.#fetch();
  }

  get #shown() {
    const match = this.row && matchOfRow(this.row);
    return [this.evidence, match, this.#compared].filter(Boolean);
  }

  /** The sentence of the other document, unless it is the one that proves the row. */
  get #compared() {
    const other = this.row && comparedOfRow(this.row);
    return other && other.document.id !== this.evidence?.document.id ? other : null;
  }

  async #fetch() {
    this.error = null;
    const ids = new Set(this.#shown.map(({ document }) => document.id));
    try {
      for (const id of ids) {
        if (this.texts.has(id)) continue;
        const { text, sections, name } = await this.api.documentText(id);
        this.texts = new Map(this.texts).set(id, { points: new CodePoints(text), sections: sections ?? [], name });
      }
    } catch (error) {
      this.error = error;
    }
  }

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  #passage({ document, start, end }, className, context) {
    const { points, sections } = this.texts.get(document.id);
    const found = around(points, start, end, context);
    const cutBefore = found.start > 0 && points.at(found.start - 1) !== '\n';
    const cutAfter = found.end < points.length && points.at(found.end) !== '\n';
    // Line breaks of the text count here, so nothing may stand between it and its element.
    const marked = html`${cutBefore ? '…' : ''}${found.before}<mark>${found.quote}</mark>${found.after}${cutAfter ? '…' : ''}`;
    const trail = this.#trail(sections, start, document);
    return html`${
        trail.length
          ? html`<ol class="crumbs" aria-label=${this.t('evidence.where')}>
              ${trail.map((section) => html`<li><bdi>${section.number}${section.name}</bdi></li>`)}
            </ol>`
          : nothing
      }
      <blockquote class=${className}>${marked}</blockquote>`;
  }

  /** The way to the passage; nothing for a second passage of the same section. */
  #trail(sections, start, document) {
    const { evidence } = this;
    const trail = breadcrumb(sections, start);
    const second = start !== evidence.start && document.id === evidence.document.id;
    return second && breadcrumb(sections, evidence.start).at(-1)?.id === trail.at(-1)?.id ? [] : trail;
  }

  #why(row, t) {
    return html`<dl class="why">
      <dt>${t('evidence.fact')}</dt>
      <dd><bdi>${row.unit.name}</bdi> ${role(row, t)} ${basis(row, t)}</dd>
      ${
        row.implicit
          ? html`<dt>${t('evidence.inherited')}</dt>
              <dd>${t('basis.implicit.why')}</dd>`
          : nothing
      }
      <dt>${t('evidence.rule')}</dt>
      <dd>
        <code>${row.rule}</code
        >${row.confidence == null ? nothing : html` · ${t('evidence.confidence', { n: Math.round(row.confidence * 100) })}`}
      </dd>
    </dl>`;
  }

  #walk(t) {
    if (this.count < 2) return nothing;
    const step = (by, sign, key) =>
      html`<button
        class="button icon"
        aria-label=${t(key)}
        title=${t(key)}
        ?disabled=${this.index + by < 0 || this.index + by >= this.count}
        @click=${() => this.#emit('walk', { step: by })}
      >
        ${sign}
      </button>`;
    return html`<span class="walk"
      >${step(-1, '↑', 'evidence.previous')}<span class="small" aria-live="polite"
        >${t('evidence.of', { n: this.index + 1, total: this.count })}</span
      >${step(1, '↓', 'evidence.next')}</span
    >`;
  }

  #head(t) {
    const { document, start, end } = this.evidence;
    const facts = [document.number, t.date(document.issued_on)].filter(Boolean).join(' · ');
    return html`<header>
      <div>
        <h2>${t('evidence.title')}</h2>
        ${this.#walk(t)}
      </div>
      <p class="source">
        <bdi>${document.name ?? this.texts.get(document.id)?.name ?? ''}</bdi
        >${facts ? html`<span class="small">${facts}</span>` : nothing}
      </p>
      <button class="button" @click=${() => this.#emit('open', { document: document.id, span: { start, end } })}>
        ${t('evidence.full')}
      </button>
    </header>`;
  }

  #body(t) {
    if (this.error) return failure(this.error, t, { retry: () => this.#fetch() });
    if (this.#shown.some(({ document }) => !this.texts.has(document.id))) return loading(t);
    const match = this.row && matchOfRow(this.row);
    const compared = this.#compared;
    return html`${this.#passage(this.evidence, 'proof', CONTEXT)}
    ${
      match
        ? html`<h3>${t('evidence.match', { name: match.name })}</h3>
            ${this.#passage(match, 'match', 0)}`
        : nothing
    }
    ${
      compared
        ? html`<h3>${t('evidence.compared', { name: compared.document.name ?? '' })}</h3>
            ${this.#passage(compared, 'match', CONTEXT)}`
        : nothing
    }
    ${this.row && areDuties([this.row]) ? this.#why(this.row, t) : nothing}`;
  }

  render() {
    const { t } = this;
    if (!this.evidence) return html`<p class="small">${t('evidence.none')}</p>`;
    return html`${this.#head(t)}${this.#body(t)}`;
  }
}

customElements.define('duty-evidence-panel', EvidencePanel);
