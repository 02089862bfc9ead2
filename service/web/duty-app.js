/** <duty-app>: the whole page. Question → sentence, rows, proof, picture; documents; all of it in the address. */
import { LitElement, html, nothing } from './vendor/lit.js';
import './duty-graph.js';
import './views/search-box.js';
import './views/evidence-panel.js';
import './views/document-reader.js';
import './views/document-list.js';
import { Api, isAbort } from './core/api.js';
import { copyText } from './core/clipboard.js';
import { DEFAULT_LANGUAGE, languageOf, translator } from './core/i18n.js';
import { Ontology } from './core/ontology.js';
import { areDuties, asText, evidenceOfRow, focusOfRows, graphOfDuties } from './core/rows.js';
import { format, parse } from './core/url.js';
import { alternatives, answerCard, answerTable, noResult } from './views/answer-card.js';
import { home } from './views/home.js';
import { failure, loading } from './views/states.js';

const KEY = 'zhize-key';
const LANGUAGE = 'zhize-language';
const BASE = new URL('../api/v1', import.meta.url).href;
const PANES = ['table', 'evidence', 'graph'];

export class DutyApp extends LitElement {
  static properties = {
    place: { state: true }, answer: { state: true }, error: { state: true }, busy: { state: true }, nearest: { state: true },
    ontology: { state: true }, documents: { state: true }, pane: { state: true }, picked: { state: true },
    all: { state: true }, copied: { state: true }, wide: { state: true },
  };

  #request = null;
  #asked = '';
  #drawn = null;

  constructor() {
    super();
    Object.assign(this, { place: parse(globalThis.location), answer: null, error: null, busy: false, nearest: [] });
    Object.assign(this, { ontology: new Ontology(null), documents: null, pane: 'table', picked: null, all: false, copied: '', wide: false });
    this.api = new Api(BASE, { getToken: () => sessionStorage.getItem(KEY) ?? '', language: () => this.t.lang });
  }

  createRenderRoot() { return this; }

  get t() {
    return translator(this.place.lang || localStorage.getItem(LANGUAGE) || DEFAULT_LANGUAGE);
  }

  connectedCallback() {
    super.connectedCallback();
    globalThis.addEventListener('popstate', this.#follow);
    globalThis.addEventListener('keydown', this.#shortcut);
    this.#begin();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    globalThis.removeEventListener('popstate', this.#follow);
    globalThis.removeEventListener('keydown', this.#shortcut);
    this.#request?.abort();
  }

  firstUpdated() {
    if (!this.place.question) this.querySelector('duty-search-box')?.focus();
  }

  /** What every view needs; the question of the address is asked at the same time. */
  async #begin() {
    this.#follow();
    try {
      this.ontology = new Ontology(await this.api.ontology());
      this.documents = (await this.api.get('/documents', { limit: 1 })).total;
    } catch (error) {
      this.error ??= error;
    }
  }

  // ---- where we are -----------------------------------------------------------------------------------------------

  #follow = () => {
    this.place = parse(globalThis.location);
    if (this.place.question !== this.#asked) this.#ask(this.place.question);
  };

  #go(change, { replace = false } = {}) {
    const place = { ...this.place, ...change };
    history[replace ? 'replaceState' : 'pushState'](null, '', format(place));
    this.#follow();
  }

  #shortcut = (event) => {
    const typing = event.target.closest?.('input, textarea, select') || event.composedPath()[0]?.closest?.('input');
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.querySelector('duty-search-box')?.focus();
  };

  #speak(lang) {
    localStorage.setItem(LANGUAGE, lang);
    this.#go({ lang: lang === DEFAULT_LANGUAGE ? '' : lang });
    if (this.place.question) this.#ask(this.place.question);
  }

  willUpdate() {
    const { lang } = this.t;
    document.documentElement.lang = lang;
    document.title = this.place.question ? `${this.place.question} · ${this.t('brand')}` : this.t('brand');
  }

  // ---- asking -----------------------------------------------------------------------------------------------------

  async #ask(question) {
    this.#asked = question;
    this.#request?.abort();
    Object.assign(this, { answer: null, error: null, nearest: [], picked: null, all: false, pane: 'table', busy: Boolean(question) });
    if (!question) return;
    const request = (this.#request = new AbortController());
    try {
      const answer = await this.api.get('/ask', { q: question, lang: this.t.short }, request.signal);
      this.answer = answer;
      this.#announce();
      if (!answer.rows.length) this.nearest = await this.#near(answer, request.signal);
    } catch (error) {
      if (!isAbort(error)) this.error = error;
    } finally {
      if (this.#request === request) this.busy = false;
    }
  }

  async #near({ params, question }, signal) {
    const words = Object.values(params ?? {}).find((value) => typeof value === 'string') || question;
    return (await this.api.get('/search', { q: words, limit: 8 }, signal)).hits;
  }

  /** The answer's sentence takes the focus: it is read out, and the next Tab goes on from it. */
  async #announce() {
    await this.updateComplete;
    if (this.place.view === 'ask') this.querySelector('#sentence')?.focus({ preventScroll: true });
  }

  #useKey(key) {
    sessionStorage.setItem(KEY, key);
    Object.assign(this, { error: null });
    this.#begin();
    this.#ask(this.place.question);
  }

  #copy = async (what, text) => {
    if (!(await copyText(text))) return;
    this.copied = what;
    setTimeout(() => { this.copied = ''; }, 2000);
  };

  /** On a narrow page, where one part is shown at a time: that part, from its top. */
  async #turn(pane) {
    this.pane = pane;
    await this.updateComplete;
    const tabs = this.querySelector('.tabs');
    if (tabs?.offsetParent) tabs.scrollIntoView({ block: 'start' });
  }

  #row(index) {
    this.picked = null;
    this.#turn('evidence');
    this.#go({ row: index }, { replace: true });
    const row = this.answer.rows[index];
    if (areDuties(this.answer.rows)) this.querySelector('duty-graph')?.pointTo(row.unit.id, row.role, row.task.id);
  }

  #fromGraph({ document, start, end, quote }) {
    if (start === null) this.#go({ view: 'document', document: document.id, span: null });
    else {
      this.picked = { document, start, end, quote };
      this.#turn('evidence');
    }
  }

  #hit(hit) {
    if (hit.label === 'Document') return this.#go({ view: 'document', document: hit.id, span: null });
    const key = this.t.has(`ask.${hit.label}`) ? `ask.${hit.label}` : 'ask.other';
    return this.#question(this.t(key, { name: hit.name }));
  }

  #question(question) {
    if (question === this.#asked) this.#ask(question); // asked again on purpose: after a failure, or new documents
    this.#go({ question, row: 0, view: 'ask', document: '', span: null });
  }

  // ---- the picture ------------------------------------------------------------------------------------------------

  updated() {
    const graph = this.querySelector('duty-graph');
    if (!graph || !this.answer?.rows.length || this.#drawn === this.answer) return;
    this.#drawn = this.answer;
    graph.getToken = () => sessionStorage.getItem(KEY) ?? '';
    const { rows, params } = this.answer;
    if (areDuties(rows)) graph.show(graphOfDuties(rows, this.t));
    else graph.focusOn(focusOfRows(rows, params));
  }

  // ---- template ---------------------------------------------------------------------------------------------------

  #header(t) {
    const link = (view, key) => html`<a href=${format({ ...this.place, view, document: '', span: null })} aria-current=${this.place.view === view ? 'page' : nothing}
      @click=${(event) => { event.preventDefault(); this.#go({ view, document: '', span: null }); }}>${t(key)}</a>`;
    const other = t.lang === 'en' ? DEFAULT_LANGUAGE : 'en';
    return html`<header class="top"><a class="brand" href=${format({ lang: this.place.lang })} @click=${(event) => { event.preventDefault(); this.#go({ question: '', row: 0, view: 'ask', document: '', span: null }); }}>
        <img src=${new URL('./icon.svg', import.meta.url).href} alt="" width="28" height="28"><span>职责<small>zhize</small></span></a>
      <nav aria-label=${t('nav.label')}>${link('ask', 'nav.ask')}${link('documents', 'nav.documents')}</nav>
      <button class="button plain" lang=${other} @click=${() => this.#speak(other)}>${t('nav.language')}</button></header>`;
  }

  #box(t) {
    return html`<duty-search-box .api=${this.api} .t=${t} .ontology=${this.ontology} .value=${this.place.question}
      @ask=${(event) => this.#question(event.detail.question)}
      @open=${(event) => this.#go({ view: 'document', document: event.detail.document, span: null })}></duty-search-box>`;
  }

  #answerView(t) {
    const { answer } = this;
    const on = {
      copy: () => this.#copy('answer', asText(answer, t)), link: () => this.#copy('link', globalThis.location.href),
      ask: (question) => this.#question(question), row: (index) => this.#row(index), hit: (hit) => this.#hit(hit), all: () => { this.all = true; },
    };
    const call = this.api.url('/ask', { q: answer.question, lang: t.short });
    const row = Math.min(this.place.row, Math.max(0, answer.rows.length - 1));
    const view = { answer, t, on, call, ontology: this.ontology, copied: this.copied, at: this.picked ? -1 : row, all: this.all };
    if (!answer.rows.length) {
      return html`<div class="one">${answerCard(view)}${alternatives(view)}${noResult({ ...view, nearest: this.nearest, documents: format({ lang: this.place.lang, view: 'documents' }) })}</div>`;
    }
    return html`<div class="bench ${this.wide ? 'wide' : ''}" data-pane=${this.pane}>
      <div class="column">
        <div class="said">${answerCard(view)}${alternatives(view)}</div>
        ${this.#tabs(t)}
        <section class="card pane table" aria-label=${t('pane.table')}>${answerTable(view)}</section>
      </div>
      <div class="column">
        <aside class="card pane proof" aria-label=${t('pane.evidence')}>${this.#proof(answer, row, t)}</aside>
        <section class="pane picture" aria-label=${t('pane.graph')}>${this.#picture(t)}</section>
      </div>
    </div>`;
  }

  #picture(t) {
    return html`<duty-graph src=${BASE} lang=${t.lang} @duty-evidence=${(event) => this.#fromGraph(event.detail)}>
      <button slot="toolbar" class="button plain widen" aria-pressed=${this.wide ? 'true' : 'false'} @click=${() => { this.wide = !this.wide; }}>
        ${t(this.wide ? 'pane.narrow' : 'pane.wide')}</button>
    </duty-graph>`;
  }

  #tabs(t) {
    return html`<div class="tabs" role="group" aria-label=${t('pane.label')}>${PANES.map((name) =>
      html`<button aria-pressed=${this.pane === name ? 'true' : 'false'} @click=${() => this.#turn(name)}>${t(`pane.${name}`)}</button>`)}</div>`;
  }

  #proof(answer, row, t) {
    const evidence = this.picked ?? evidenceOfRow(answer.rows[row], answer.columns);
    return html`<duty-evidence-panel .api=${this.api} .t=${t} .evidence=${evidence} .row=${this.picked ? null : answer.rows[row]} .index=${row} .count=${this.picked ? 0 : answer.rows.length}
      @walk=${(event) => this.#row(row + event.detail.step)} @open=${(event) => this.#go({ view: 'document', ...event.detail })}></duty-evidence-panel>`;
  }

  #main(t) {
    const { view, document, span } = this.place;
    if (view === 'documents') return html`<duty-document-list .api=${this.api} .t=${t} .ontology=${this.ontology} .place=${this.place}></duty-document-list>`;
    if (view === 'document') {
      return html`<duty-document-reader class="card" .api=${this.api} .t=${t} .ontology=${this.ontology} .documentId=${document} .span=${span}
        .back=${format({ ...this.place, view: 'ask', document: '', span: null })}
        @span=${(event) => this.#go({ span: event.detail }, { replace: true })}></duty-document-reader>`;
    }
    return nothing;
  }

  #outcome(t) {
    const { question } = this.place;
    if (this.error) return html`<div class="card">${failure(this.error, t, { retry: () => { this.error = null; this.#begin(); this.#ask(question); }, useKey: (key) => this.#useKey(key) })}</div>`;
    if (this.busy) return loading(t);
    if (this.answer) return this.#answerView(t);
    return nothing;
  }

  render() {
    const t = this.t;
    const { view, question } = this.place;
    const start = !question && !this.error;
    // The answer stays where it is while a document is read: its graph and place are not lost.
    return html`<a class="skip" href="#main" @click=${(event) => { event.preventDefault(); this.querySelector('main').focus(); }}>${t('nav.skip')}</a>${this.#header(t)}
      <main id="main" tabindex="-1">
        <div ?hidden=${view !== 'ask'} aria-busy=${this.busy ? 'true' : 'false'}>${start
          ? home({ t, documents: this.documents, ask: (text) => this.#question(text), box: this.#box(t), list: format({ lang: this.place.lang, view: 'documents' }) })
          : html`${this.#box(t)}${this.#outcome(t)}`}</div>
        ${this.#main(t)}
      </main>`;
  }
}

customElements.define('duty-app', DutyApp);
