/** <duty-app>: the whole page. Question → sentence, rows, proof, picture; documents; all of it in the address. */
import { LitElement, html, nothing } from './vendor/lit.js';
import './views/answer-view.js';
import './views/search-box.js';
import './views/document-reader.js';
import './views/document-list.js';
import { Api, isAbort } from './core/api.js';
import { DEFAULT_LANGUAGE, translator } from './core/i18n.js';
import { Ontology } from './core/ontology.js';
import { format, parse } from './core/url.js';
import { home } from './views/home.js';
import { failure, loading } from './views/states.js';

const KEY = 'zhize-key';
const LANGUAGE = 'zhize-language';
const BASE = new URL('../api/v1', import.meta.url).href;

export class DutyApp extends LitElement {
  static properties = {
    place: { state: true },
    answer: { state: true },
    error: { state: true },
    busy: { state: true },
    nearest: { state: true },
    ontology: { state: true },
    documents: { state: true },
  };

  #request = null;
  #asked = '';

  constructor() {
    super();
    Object.assign(this, { place: parse(globalThis.location), answer: null, error: null, busy: false, nearest: [] });
    Object.assign(this, { ontology: new Ontology(null), documents: null });
    this.api = new Api(BASE, { getToken: () => sessionStorage.getItem(KEY) ?? '', language: () => this.t.lang });
  }

  createRenderRoot() {
    return this;
  }

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
    Object.assign(this, { answer: null, error: null, nearest: [], busy: Boolean(question) });
    if (!question) return;
    const request = (this.#request = new AbortController());
    try {
      this.answer = await this.api.get('/ask', { q: question, lang: this.t.short }, request.signal);
      this.busy = false;
      this.#announce();
      if (!this.answer.rows.length) this.nearest = await this.#near(this.answer, request.signal);
    } catch (error) {
      if (isAbort(error) || request.signal.aborted) return;
      Object.assign(this, { error, busy: false });
    }
  }

  /** Names like the ones asked about. They only help: without them the answer stands as it is. */
  async #near({ params, question }, signal) {
    const words = Object.values(params).find((value) => typeof value === 'string') || question;
    const found = await this.api.get('/search', { q: words, limit: 8 }, signal).catch(() => ({ hits: [] }));
    return found.hits;
  }

  /** The answer's sentence takes the focus: it is read out, and the next Tab goes on from it. */
  async #announce() {
    await this.updateComplete;
    await this.querySelector('duty-answer')?.updateComplete;
    if (this.place.view === 'ask') this.querySelector('#sentence')?.focus({ preventScroll: true });
  }

  #useKey(key) {
    sessionStorage.setItem(KEY, key);
    this.#again(this.place.question);
  }

  /** From the start: after a failure, or with a key. */
  #again(question) {
    this.error = null;
    this.#begin();
    this.#ask(question);
  }

  #question(question) {
    if (question === this.#asked) this.#ask(question); // asked again on purpose: after a failure, or new documents
    this.#go({ question, row: 0, view: 'ask', document: '', span: null });
  }

  // ---- template ---------------------------------------------------------------------------------------------------

  #link(change, content, className = nothing) {
    const place = { ...this.place, document: '', span: null, ...change };
    const here = className === nothing && this.place.view === place.view ? 'page' : nothing;
    const go = (event) => {
      event.preventDefault();
      this.#go(place);
    };
    return html`<a class=${className} href=${format(place)} aria-current=${here} @click=${go}>${content}</a>`;
  }

  #header(t) {
    const other = t.lang === 'en' ? DEFAULT_LANGUAGE : 'en';
    const icon = new URL('./icon.svg', import.meta.url).href;
    const brand = html`<img src=${icon} alt="" width="28" height="28" /><span>职责<small>zhize</small></span>`;
    return html`<header class="top">
      ${this.#link({ question: '', row: 0, view: 'ask' }, brand, 'brand')}
      <nav aria-label=${t('nav.label')}>
        ${this.#link({ view: 'ask' }, t('nav.ask'))}${this.#link({ view: 'documents' }, t('nav.documents'))}
      </nav>
      <button class="button plain" lang=${other} @click=${() => this.#speak(other)}>${t('nav.language')}</button>
    </header>`;
  }

  #box(t) {
    return html`<duty-search-box
      .api=${this.api}
      .t=${t}
      .ontology=${this.ontology}
      .value=${this.place.question}
    ></duty-search-box>`;
  }

  #outcome(t) {
    const { question, row } = this.place;
    if (this.error) {
      const retry = () => this.#again(question);
      return html`<div class="card">${failure(this.error, t, { retry, useKey: (key) => this.#useKey(key) })}</div>`;
    }
    if (this.busy) return loading(t);
    return html`<duty-answer
      .api=${this.api}
      .t=${t}
      .ontology=${this.ontology}
      .answer=${this.answer}
      .nearest=${this.nearest}
      .row=${row}
      .list=${this.#list}
      @row=${(event) => this.#go({ row: event.detail.index }, { replace: true })}
    ></duty-answer>`;
  }

  get #list() {
    return format({ lang: this.place.lang, view: 'documents' });
  }

  #overlay(t) {
    const { view, document, span } = this.place;
    if (view === 'documents') {
      return html`<duty-document-list
        .api=${this.api}
        .t=${t}
        .ontology=${this.ontology}
        .place=${this.place}
      ></duty-document-list>`;
    }
    if (view !== 'document') return nothing;
    return html`<duty-document-reader
      class="card"
      .api=${this.api}
      .t=${t}
      .ontology=${this.ontology}
      .documentId=${document}
      .span=${span}
      .back=${format({ ...this.place, view: 'ask', document: '', span: null })}
      @span=${(event) => this.#go({ span: event.detail }, { replace: true })}
    ></duty-document-reader>`;
  }

  #skip = (event) => {
    event.preventDefault();
    this.querySelector('main').focus();
  };

  render() {
    const t = this.t;
    const { view, question } = this.place;
    const ask = (text) => this.#question(text);
    const start = !question && !this.error;
    // The answer stays where it is while a document is read: its graph and place are not lost.
    return html`<a class="skip" href="#main" @click=${this.#skip}>${t('nav.skip')}</a>
      ${this.#header(t)}
      <main
        id="main"
        tabindex="-1"
        @ask=${(event) => ask(event.detail.question)}
        @open=${(event) => this.#go({ view: 'document', ...event.detail })}
      >
        <div ?hidden=${view !== 'ask'} aria-busy=${this.busy}>
          ${
            start
              ? home({ t, documents: this.documents, ask, box: this.#box(t), list: this.#list })
              : html`${this.#box(t)}${this.#outcome(t)}`
          }
        </div>
        ${this.#overlay(t)}
      </main>`;
  }
}

customElements.define('duty-app', DutyApp);
