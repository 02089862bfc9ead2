/** One answer: the sentence, its rows, the proof of the row one is at, and the picture of all of them. */
import { LitElement, html, nothing } from '../vendor/lit.js';
import '../duty-graph.js';
import './evidence-panel.js';
import { copyText } from '../core/clipboard.js';
import { areDuties, asText, evidenceOfRow, focusOfRows, graphOfDuties } from '../core/rows.js';
import { alternatives, answerCard, answerTable, noResult } from './answer-card.js';

const PANES = ['table', 'evidence', 'graph'];
const SHOWN = 2000; // ms that "copied" stays

/** Events: ask {question}, open {document, span}, row {index}. */
export class AnswerView extends LitElement {
  static properties = {
    api: { attribute: false },
    t: { attribute: false },
    ontology: { attribute: false },
    answer: { attribute: false },
    nearest: { attribute: false },
    row: { type: Number },
    list: {},
    pane: { state: true },
    picked: { state: true },
    all: { state: true },
    copied: { state: true },
    wide: { state: true },
  };

  #drawn = null;

  constructor() {
    super();
    Object.assign(this, { answer: null, nearest: [], row: 0, list: '', wide: false });
    this.#forget();
  }

  createRenderRoot() {
    return this;
  }

  #forget() {
    Object.assign(this, { pane: 'table', picked: null, all: false, copied: '' });
  }

  willUpdate(changed) {
    if (changed.has('answer')) this.#forget();
  }

  updated() {
    const graph = this.querySelector('duty-graph');
    if (!graph || this.#drawn === this.answer) return;
    this.#drawn = this.answer;
    graph.getToken = this.api.caller.getToken;
    const { rows, params } = this.answer;
    if (areDuties(rows)) graph.show(graphOfDuties(rows, this.t));
    else graph.focusOn(focusOfRows(rows, params));
  }

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  async #copy(what, text) {
    if (!(await copyText(text))) return;
    this.copied = what;
    setTimeout(() => {
      this.copied = '';
    }, SHOWN);
  }

  /** On a narrow page, where one part is shown at a time: that part, from its top. */
  async #turn(pane) {
    this.pane = pane;
    await this.updateComplete;
    const tabs = this.querySelector('.tabs');
    if (tabs?.offsetParent) tabs.scrollIntoView({ block: 'start' });
  }

  #go(index) {
    this.picked = null;
    this.#turn('evidence');
    this.#emit('row', { index });
    const { rows } = this.answer;
    const { unit, role, task } = rows[index];
    if (areDuties(rows)) this.querySelector('duty-graph')?.pointTo(unit.id, role, task.id);
  }

  #fromGraph({ document, start, end, quote }) {
    if (start === null) {
      this.#emit('open', { document: document.id, span: null });
      return;
    }
    this.picked = { document, start, end, quote };
    this.#turn('evidence');
  }

  #tabs() {
    const tab = (name) =>
      html`<button aria-pressed=${this.pane === name} @click=${() => this.#turn(name)}>${this.t(`pane.${name}`)}</button>`;
    return html`<div class="tabs" role="group" aria-label=${this.t('pane.label')}>${PANES.map(tab)}</div>`;
  }

  #proof(at) {
    const { answer, picked } = this;
    const row = answer.rows[at];
    return html`<duty-evidence-panel
      .api=${this.api}
      .t=${this.t}
      .evidence=${picked ?? evidenceOfRow(row, answer.columns)}
      .row=${picked ? null : row}
      .index=${at}
      .count=${picked ? 0 : answer.rows.length}
      @walk=${(event) => this.#go(at + event.detail.step)}
    ></duty-evidence-panel>`;
  }

  #picture() {
    const { t, wide } = this;
    const widen = () => {
      this.wide = !wide;
    };
    return html`<duty-graph src=${this.api.base} lang=${t.lang} @duty-evidence=${(event) => this.#fromGraph(event.detail)}>
      <button slot="toolbar" class="button plain widen" aria-pressed=${wide} @click=${widen}>
        ${t(wide ? 'pane.narrow' : 'pane.wide')}
      </button>
    </duty-graph>`;
  }

  #view(at) {
    const { answer, t } = this;
    return {
      ...{ answer, t, ontology: this.ontology, copied: this.copied, all: this.all, at: this.picked ? -1 : at },
      ...{ nearest: this.nearest, list: this.list },
      call: this.api.url('/ask', { q: answer.question, lang: t.short }),
      on: {
        copy: () => this.#copy('answer', asText(answer, t)),
        link: () => this.#copy('link', globalThis.location.href),
        ask: (question) => this.#emit('ask', { question }),
        open: (document) => this.#emit('open', { document, span: null }),
        row: (index) => this.#go(index),
        all: () => {
          this.all = true;
        },
      },
    };
  }

  render() {
    const { answer, t } = this;
    if (!answer) return nothing;
    const at = Math.min(this.row, Math.max(0, answer.rows.length - 1));
    const view = this.#view(at);
    const said = html`${answerCard(view)}${alternatives(view)}`;
    if (!answer.rows.length) return html`<div class="one">${said}${noResult(view)}</div>`;
    return html`<div class="bench ${this.wide ? 'wide' : ''}" data-pane=${this.pane}>
      <div class="column">
        <div class="said">${said}</div>
        ${this.#tabs()}
        <section class="card pane table" aria-label=${t('pane.table')}>${answerTable(view)}</section>
      </div>
      <div class="column">
        <aside class="card pane proof" aria-label=${t('pane.evidence')}>${this.#proof(at)}</aside>
        <section class="pane picture" aria-label=${t('pane.graph')}>${this.#picture()}</section>
      </div>
    </div>`;
  }
}

customElements.define('duty-answer', AnswerView);
