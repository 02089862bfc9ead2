/**
 * <duty-graph src focus depth types lang readonly>: a neighbourhood of the knowledge graph, in the page and in any other.
 *
 * Events (bubble, cross shadow roots): duty-load {nodes, edges, total, truncated}, duty-select {id, kind, item},
 * duty-expand {id, added, refused, left}, duty-evidence {document, start, end, quote, edge}, duty-error {code, status,
 * requestId}. Methods: focusOn(id), expand(id), show({nodes, edges, focus}), undo(), toPng(). `data-ready` holds the
 * number of nodes once they stand. An API key goes into the property `getToken`, never into an attribute.
 */
import { LitElement, html, nothing } from './vendor/lit.js';
import { Api, isAbort } from './core/api.js';
import { Canvas } from './core/canvas.js';
import { CAP, GraphModel, evidenceOf } from './core/graph-model.js';
import { translator } from './core/i18n.js';
import { graphAction } from './core/keys.js';
import { Ontology } from './core/ontology.js';
import { themeOf } from './core/style.js';
import { graphStyle } from './css/graph-style.js';
import { card, legend, list } from './views/graph-parts.js';

const FIRST_RING = 60;
const STEP = 20;
const SECOND_RING = 12; // nodes of the first ring that depth 2 expands
const DOUBLE_CLICK = 350; // ms in which nothing may move or appear below the pointer
const DEFAULT_SRC = new URL('../api/v1', import.meta.url).href;

export class DutyGraph extends LitElement {
  // `focusId`, `locale`: the names focus and lang belong to HTMLElement.
  static properties = {
    src: {},
    focusId: { attribute: 'focus' },
    depth: { type: Number },
    types: {},
    locale: { attribute: 'lang' },
    readonly: { type: Boolean },
    view: { state: true },
    status: { state: true },
    at: { state: true },
    note: { state: true },
  };

  static styles = graphStyle;

  #model = new GraphModel();
  #ontology = new Ontology(null);
  #canvas = null;
  #observer = null;
  #api = null;
  #asked = '';
  #request = null;
  #fetched = new Map();
  #last = null;

  constructor() {
    super();
    Object.assign(this, { src: DEFAULT_SRC, focusId: '', depth: 1, types: '', locale: '', readonly: false });
    Object.assign(this, { view: 'graph', status: 'empty', at: '', note: '' });
    this.getToken = undefined;
  }

  get t() { return translator(this.locale || document.documentElement.lang); }

  /** Where every node stands on the screen: {id, label, x, y}, relative to the canvas. */
  get snapshot() { return this.#canvas?.snapshot() ?? []; }

  // ---- life -------------------------------------------------------------------------------------------------------

  connectedCallback() {
    super.connectedCallback();
    this.requestUpdate();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#request?.abort();
    this.#observer?.disconnect();
    this.#scheme?.removeEventListener('change', this.#restyle);
    this.#canvas?.close();
    this.#canvas = null;
    delete this.dataset.ready;
  }

  #scheme = globalThis.matchMedia?.('(prefers-color-scheme: dark)');

  #restyle = () => this.#canvas?.restyle(this.#ontology, themeOf(this.#canvas.container));

  #mount() {
    this.#canvas = new Canvas(this.renderRoot.querySelector('.canvas'), (event, id) => this.#touched(event, id));
    this.#observer = new ResizeObserver(() => this.#canvas?.resize());
    this.#observer.observe(this.renderRoot.querySelector('.stage'));
    this.#scheme?.addEventListener('change', this.#restyle);
    if (this.#model.nodes.size) this.#draw({ fit: true });
  }


  updated(changed) {
    if (!this.isConnected) return;
    if (!this.#canvas) this.#mount();
    if (changed.has('src') || !this.#api) this.#api = new Api(this.src || DEFAULT_SRC, { getToken: () => this.getToken?.(), language: () => this.t.lang });
    if (changed.has('at') && this.at) setTimeout(() => this.#uncover(), DOUBLE_CLICK);
    if (this.focusId && this.#asked !== this.#question) this.#load();
    else if (changed.has('locale') && changed.get('locale') !== undefined && this.#model.nodes.size) this.#draw();
  }

  /** What is selected must not lie below its own card. */
  #uncover() {
    const panel = this.renderRoot.querySelector('.card');
    if (!panel || !this.#canvas) return; // gone in the meantime
    const { offsetLeft: left, offsetTop: top, offsetWidth, offsetHeight } = panel;
    this.#canvas.uncover(this.at, { left, top, right: left + offsetWidth, bottom: top + offsetHeight });
  }

  get #question() { return [this.src, this.focusId, this.depth, this.types].join('|'); }

  // ---- what it shows ----------------------------------------------------------------------------------------------

  /** Shows another node with its neighbourhood, forgetting the present picture. */
  async focusOn(id) {
    this.focusId = id;
    await this.updateComplete;
  }

  /** Shows a graph the page already has, such as an answer; expanding it asks the service as usual. */
  async show({ nodes, edges, focus = '' }) {
    this.focusId = focus;
    this.#asked = this.#question;
    await this.updateComplete;
    await this.#attempt(async () => {
      this.#restart();
      const typed = nodes.map((node) => ({ label: this.#ontology.labelOf(node.id), ...node }));
      const { refused } = this.#model.add({ nodes: typed, edges });
      await this.#draw({ fit: true });
      this.#loaded({ total: nodes.length, truncated: refused > 0 });
    });
  }

  async #load() {
    this.#asked = this.#question;
    await this.#attempt(async (signal) => {
      this.#restart();
      const { total, truncated } = await this.#fetchRing(this.focusId, FIRST_RING, signal);
      if (this.depth > 1) await this.#secondRing(signal);
      this.#model.steps.splice(1); // the picture one starts from is not undone piece by piece
      await this.#draw({ fit: true });
      this.#loaded({ total, truncated });
    });
  }

  /** Does what fills the picture; it is kept, so that a failure can be tried again. */
  async #attempt(work) {
    this.#last = work;
    this.#request?.abort();
    const request = (this.#request = new AbortController());
    delete this.dataset.ready;
    this.status = 'loading';
    try {
      await this.#learn();
      await work(request.signal);
      if (!request.signal.aborted) this.status = this.#model.nodes.size ? 'ready' : 'empty';
    } catch (error) {
      if (request.signal.aborted || isAbort(error)) return;
      this.status = 'error';
      this.#failed(error);
    }
  }

  async #learn() {
    this.#ontology = new Ontology(await this.#api.ontology());
    this.#restyle();
  }

  #restart() {
    this.#model.clear();
    this.#fetched.clear();
    Object.assign(this, { at: '', note: '' });
  }

  /** One page of a node's neighbours into the model; how many there are in all. */
  async #fetchRing(id, limit, signal) {
    const { relations, labels } = this.#ontology.parseTypes(this.types);
    const skip = this.#fetched.get(id)?.seen ?? 0;
    const found = await this.#api.neighbours(id, { types: relations.join(','), limit, skip }, signal);
    const nodes = labels.length ? found.nodes.filter((node) => labels.includes(node.label)) : found.nodes;
    const added = this.#model.add({ nodes: [found.node, ...nodes], edges: found.edges }, id);
    const seen = skip + found.edges.length; // the service pages relations, not nodes
    this.#fetched.set(id, { seen, left: Math.max(0, found.total - seen) });
    return { ...added, total: found.total, truncated: found.truncated };
  }

  async #secondRing(signal) {
    const ring = Array.from(this.#model.neighboursOf(this.focusId)).slice(0, SECOND_RING);
    for (const id of ring) await this.#fetchRing(id, STEP, signal);
  }

  /** Adds a node's next neighbours round it, as one step that can be undone. */
  async expand(id = this.at || this.focusId) {
    if (this.readonly || !this.#model.nodes.has(id)) return;
    try {
      const { nodes, refused } = await this.#fetchRing(id, STEP);
      const left = this.#fetched.get(id).left;
      await this.#draw({ anchor: id });
      this.#canvas.reveal([id, ...nodes]);
      this.at = id;
      this.#canvas.select(id);
      this.note = refused ? this.t('graph.full', { n: CAP }) : this.t('graph.added', { n: nodes.length, left });
      this.#emit('duty-expand', { id, added: nodes.length, refused, left });
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Takes the last expansion back; false when there is none. */
  async undo() {
    const step = this.#model.undo();
    if (!step) return false;
    this.#fetched.delete(step.anchor);
    if (!this.#model.nodes.has(this.at) && !this.#model.edges.has(this.at)) this.#select('');
    await this.#draw();
    this.note = this.t('graph.undone', { n: step.nodes.length });
    return true;
  }

  /** The picture as a PNG, at twice the screen's resolution, on the present background. */
  async toPng() {
    return this.#canvas.png(themeOf(this.#canvas.container).surface);
  }

  async #draw({ fit = false, anchor = '' } = {}) {
    const animate = !fit && !globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches;
    const view = { ontology: this.#ontology, short: this.t.short, focus: this.focusId, anchor, animate };
    if (!this.#canvas || !(await this.#canvas.sync(this.#model, view))) return;
    if (fit) this.#canvas.fit();
    this.dataset.ready = String(this.#model.nodes.size);
    this.requestUpdate();
  }

  // ---- what it tells ----------------------------------------------------------------------------------------------

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #loaded({ total, truncated }) {
    const { nodes, edges } = this.#model;
    if (truncated) this.note = this.t('graph.part', { n: nodes.size, total });
    this.#emit('duty-load', { nodes: nodes.size, edges: edges.size, total, truncated: Boolean(truncated) });
  }

  #failed(error) {
    const { code = 'page-error', status = 0, requestId = '' } = error;
    this.note = this.t.has(`error.${code}`) ? this.t(`error.${code}`) : error.message;
    this.#emit('duty-error', { code, status, requestId });
  }

  #select(id) {
    this.at = id;
    this.#canvas?.select(id);
    const node = this.#model.nodes.get(id);
    const edge = this.#model.edges.get(id);
    if (!node && !edge) return;
    if (node) this.note = this.t('graph.at', { type: this.#ontology.typeName(node, this.t.short), name: node.name, n: this.#model.edgesOf(id).length });
    this.#emit('duty-select', { id, kind: node ? 'node' : 'edge', item: node ?? edge });
  }

  /** Shows an edge as selected and lets it flash once: the page points from a sentence to its line. */
  pointTo(head, type, tail) {
    const id = `${head}|${type}|${tail}`;
    if (!this.#model.edges.has(id) || !this.#canvas) return;
    this.at = '';
    this.#canvas.select(id);
    if (!globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches) this.#canvas.pulse(id);
  }

  #evidence(edge, evidence) {
    this.#emit('duty-evidence', { ...evidence, edge: { head: edge.head, type: edge.type, tail: edge.tail } });
  }

  #evidenceAt(id) {
    const edges = this.#model.edges.has(id) ? [this.#model.edges.get(id)] : this.#model.edgesOf(id);
    for (const edge of edges) {
      const evidence = edge.facts.map(evidenceOf).find(Boolean);
      if (evidence) return this.#evidence(edge, evidence);
    }
    this.note = this.t('graph.no-evidence');
  }

  // ---- hands ------------------------------------------------------------------------------------------------------

  #touched(event, id) {
    if (event === 'blank') this.#select('');
    else if (event === 'open') this.expand(id);
    else this.#select(id);
  }

  #keydown(event) {
    const action = graphAction(event);
    if (!action || event.target !== event.currentTarget) return;
    event.preventDefault();
    const acts = {
      move: () => this.#move(event.key),
      expand: () => this.expand(),
      evidence: () => this.#evidenceAt(this.at || this.focusId),
      clear: () => this.#select(''),
      home: () => this.#select(this.focusId),
      in: () => this.#canvas.zoomBy(1.25),
      out: () => this.#canvas.zoomBy(0.8),
      fit: () => this.#canvas.fit(),
      undo: () => this.undo(),
    };
    acts[action]();
  }

  #move(key) {
    const from = this.#model.nodes.has(this.at) ? this.at : this.focusId;
    const next = this.at ? this.#canvas.next(from, key, this.#model) : from || this.#canvas.next('', key, this.#model);
    if (!next) return;
    this.#select(next);
    this.#canvas.show(next);
  }

  async #download() {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await this.toPng());
    link.download = 'zhize.png';
    link.click();
    URL.revokeObjectURL(link.href);
  }

  // ---- template ---------------------------------------------------------------------------------------------------

  get #parts() {
    return {
      model: this.#model, ontology: this.#ontology, t: this.t, at: this.at, focus: this.focusId, readonly: this.readonly,
      dark: this.#canvas ? themeOf(this.#canvas.container).dark : false, left: this.#fetched.get(this.at)?.left ?? -1,
      on: {
        expand: (id) => this.expand(id), focus: (id) => this.focusOn(id), clear: () => this.#select(''),
        evidence: (edge, evidence) => this.#evidence(edge, evidence), evidenceOf: (id) => this.#evidenceAt(id),
        document: (node) => this.#emit('duty-evidence', { document: { id: node.id, name: node.name }, start: null, end: null, quote: '' }),
      },
    };
  }

  #bar(t) {
    const view = (name) => html`<button aria-pressed=${this.view === name} @click=${() => { this.view = name; }}>${t(`graph.view.${name}`)}</button>`;
    const act = (key, sign, run, disabled = false) => html`<button title=${t(key)} aria-label=${t(key)} ?disabled=${disabled} @click=${run}>${sign}</button>`;
    return html`<div class="bar" part="toolbar" role="toolbar" aria-label=${t('graph.toolbar')}>
      <span class="views">${view('graph')}${view('list')}</span>
      <span class="count">${t('graph.count', { nodes: this.#model.nodes.size, edges: this.#model.edges.size })}</span>
      <span class="space"></span><slot name="toolbar"></slot>
      ${this.readonly ? nothing : act('graph.undo', '↶', () => this.undo(), this.#model.steps.length < 2)}
      ${act('graph.zoom-in', '＋', () => this.#canvas.zoomBy(1.25))}${act('graph.zoom-out', '－', () => this.#canvas.zoomBy(0.8))}
      ${act('graph.fit', '⤢', () => this.#canvas.fit())}${act('graph.png', '⤓', () => this.#download())}
    </div>`;
  }

  #cover(t) {
    if (this.status === 'loading') return html`<div class="cover"><p>${t('graph.loading')}</p></div>`;
    if (this.status === 'error') {
      return html`<div class="cover" role="alert"><p>${this.note}</p><button @click=${() => this.#attempt(this.#last)}>${t('retry')}</button></div>`;
    }
    return this.status === 'empty' ? html`<div class="cover"><slot name="empty"><p>${t('graph.empty')}</p></slot></div>` : nothing;
  }

  render() {
    const t = this.t;
    const parts = this.#parts;
    return html`${this.#bar(t)}
      <div class="stage" part="canvas" role="application" tabindex="0" ?hidden=${this.view !== 'graph'}
        aria-label=${t('graph.label')} aria-describedby="keys" @keydown=${this.#keydown}>
        <div class="canvas"></div>${this.#cover(t)}
        ${this.status === 'ready' ? card(parts) : nothing}
      </div>
      ${this.view === 'list' ? list(parts) : nothing}
      ${this.status === 'ready' ? legend(parts) : nothing}
      <p class="off" id="keys">${t('graph.keys')}</p>
      <p class="off" role="status" aria-live="polite">${this.note}</p>`;
  }
}

customElements.define('duty-graph', DutyGraph);
