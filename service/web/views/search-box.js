/** The question box: a combobox over what the graph knows, safe with input methods. */
import { LitElement, html, nothing } from '../vendor/lit.js';
import { isAbort } from '../core/api.js';
import { composing } from '../core/keys.js';
import { questionAbout } from '../core/questions.js';

const WAIT = 160;
const MOST = 8;
const GROUPS = ['Campaign', 'Unit', 'Task', 'Document', 'VehicleClass', 'Violation', 'Regulation'];

/** `text` with what was found of it in bold; stretches count characters, as the service does. */
function bold(text, stretches) {
  const characters = [...text];
  const parts = [];
  let place = 0;
  for (const { start, end } of stretches) {
    parts.push(characters.slice(place, start).join(''), html`<b>${characters.slice(start, end).join('')}</b>`);
    place = end;
  }
  return [...parts, characters.slice(place).join('')];
}

/** Events: ask {question}, open {document, span}. */
export class SearchBox extends LitElement {
  static properties = {
    api: { attribute: false },
    t: { attribute: false },
    ontology: { attribute: false },
    value: {},
    hits: { state: true },
    active: { state: true },
    open: { state: true },
  };

  #composing = false;
  #timer = 0;
  #request = null;

  constructor() {
    super();
    Object.assign(this, { value: '', hits: [], active: -1, open: false });
  }

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#request?.abort();
  }

  get #input() {
    return this.querySelector('input');
  }

  async focus() {
    await this.updateComplete;
    this.#input.focus();
  }

  willUpdate(changed) {
    if (changed.has('value')) this.#close();
  }

  updated(changed) {
    // Only a question from outside (an example, the address) fills the box; a redraw never touches what is being typed.
    if (changed.has('value') && this.#input.value !== this.value) this.#input.value = this.value;
  }

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  #close() {
    clearTimeout(this.#timer);
    this.#request?.abort();
    Object.assign(this, { open: false, active: -1, hits: [] });
  }

  #typed() {
    if (this.#composing) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#suggest(this.#input.value.trim()), WAIT);
  }

  async #suggest(text) {
    this.#request?.abort();
    if (!text) return this.#close();
    const request = (this.#request = new AbortController());
    try {
      const { hits } = await this.api.get('/search', { q: text, limit: MOST }, request.signal);
      if (request.signal.aborted || document.activeElement !== this.#input) return;
      const rank = (hit) => (GROUPS.indexOf(hit.label) + GROUPS.length + 1) % (GROUPS.length + 1);
      this.hits = hits.slice(0, MOST).sort((a, b) => rank(a) - rank(b));
      Object.assign(this, { open: this.hits.length > 0, active: -1 });
    } catch (error) {
      // Suggestions are a help: when they fail, the question can still be asked, and that will say what is wrong.
      if (!isAbort(error)) this.#close();
    }
  }

  #submit(event) {
    event?.preventDefault();
    const question = this.#input.value.trim();
    this.#close();
    if (question) this.#emit('ask', { question });
  }

  #choose(hit) {
    if (hit.label === 'Document') {
      this.#close();
      this.#emit('open', { document: hit.id, span: null });
      return;
    }
    this.#input.value = questionAbout(hit, this.t);
    this.#submit();
  }

  #keydown(event) {
    if (composing(event) || this.#composing) {
      // The form would take the Enter that only ends the composition as "send".
      if (event.key === 'Enter') event.preventDefault();
      return;
    }
    if (event.key === 'Escape' && this.open) {
      event.preventDefault();
      this.#close();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && this.open) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const places = this.hits.length + 1; // one place is the box itself
      this.active = ((this.active + 1 + step + places) % places) - 1;
    } else if (event.key === 'Enter' && this.open && this.active >= 0) {
      event.preventDefault();
      this.#choose(this.hits[this.active]);
    }
  }

  #option(hit, index) {
    const previous = this.hits[index - 1];
    const type = this.ontology.node(hit.label)[this.t.short];
    return html`${previous?.label === hit.label ? nothing : html`<li class="group" role="presentation">${type}</li>`}
      <li
        role="option"
        id="hit-${index}"
        aria-selected=${this.active === index ? 'true' : 'false'}
        @mousedown=${(event) => event.preventDefault()}
        @click=${() => this.#choose(hit)}
      >
        <bdi>${bold(hit.name, hit.alias ? [] : hit.highlights)}</bdi>
        <span class="small">
          ${hit.alias ? html`<bdi>${bold(hit.alias, hit.highlights)}</bdi>` : nothing}
          ${hit.label === 'Document' ? this.t('search.opens') : ''}
        </span>
      </li>`;
  }

  render() {
    const { t } = this;
    return html`<form class="search" role="search" @submit=${this.#submit}>
      <input
        type="search"
        role="combobox"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        enterkeyhint="search"
        maxlength="500"
        aria-label=${t('search.label')}
        placeholder=${t('search.placeholder')}
        aria-expanded=${this.open ? 'true' : 'false'}
        aria-controls="hits"
        aria-autocomplete="list"
        aria-activedescendant=${this.active >= 0 ? `hit-${this.active}` : nothing}
        @input=${this.#typed}
        @keydown=${this.#keydown}
        @blur=${this.#close}
        @compositionstart=${() => {
          this.#composing = true;
        }}
        @compositionend=${() => {
          this.#composing = false;
          this.#typed();
        }}
      />
      <button class="button primary">${t('search.ask')}</button>
      <ul id="hits" role="listbox" aria-label=${t('search.suggestions')} ?hidden=${!this.open}>
        ${this.hits.map((hit, index) => this.#option(hit, index))}
      </ul>
      <span class="off" role="status" aria-live="polite">${this.open ? t('search.found', { n: this.hits.length }) : ''}</span>
    </form>`;
  }
}

customElements.define('duty-search-box', SearchBox);
