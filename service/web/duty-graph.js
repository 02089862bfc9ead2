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
import { CAP, evidenceOf } from './core/graph-model.js';
import { translator } from './core/i18n.js';
import { graphAction } from './core/keys.js';
import { Neighbourhood, STEP } from './core/neighbourhood.js';
import { Ontology } from './core/ontology.js';
import { themeOf } from './core/style.js';
import { graphStyle } from './css/graph-style.js';
import { bar, cover } from './views/graph-frame.js';
import { card, legend, list } from './views/graph-parts.js';

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
    notice: { state: true },
  };

  static styles = graphStyle;

  #model = new Neighbourhood();
  #ontology = new Ontology(null);
  #canvas = null;
  #observer = null;
  #api = null;
  #asked = '';
  #request = null;
  #last = null;

  constructor() {
    super();
    Object.assign(this, { src: DEFAULT_SRC, focusId: '', depth: 1, types: '', locale: '', readonly: false });
    Object.assign(this, { view: 'graph', status: 'empty', at: '', note: '', notice: '' });
    this.getToken = undefined;
  }

  get t() {
    return translator(this.locale || document.documentElement.lang);
  }

  /** Where every node stands on the screen: {id, label, x, y}, relative to the canvas. */
  get snapshot() {
    return this.#canvas?.snapshot() ?? [];
  }

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
    if (changed.has('src') || !this.#api)
      this.#api = new Api(this.src || DEFAULT_SRC, { getToken: () => this.getToken?.(), language: () => this.t.lang });
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

  get #question() {
    return [this.src, this.focusId, this.depth, this.types].join('|');
  }

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
      const { total, truncated } = await this.#model.start(this.focusId, this.#how(signal));
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
    Object.assign(this, { at: '', note: '', notice: '' });
  }

  #how(signal) {
    return { api: this.#api, types: this.#ontology.parseTypes(this.types), depth: this.depth, signal };
  }

  /** Adds a node's next neighbours round it, as one step that can be undone. */
  async expand(id = this.at || this.focusId) {
    if (this.readonly || !this.#model.nodes.has(id)) return;
    const { signal } = this.#request; // another picture, or leaving the page, takes the expansion back
    try {
      const { nodes, refused } = await this.#model.page(id, STEP, this.#how(signal));
      const left = this.#model.left(id);
      await this.#draw({ anchor: id });
      if (signal.aborted) return;
      this.#canvas.reveal([id, ...nodes]);
      this.at = id;
      this.#canvas.select(id);
      this.note = this.t('graph.added', { n: nodes.length, left });
      this.notice = refused ? this.t('graph.full', { n: CAP }) : '';
      this.#emit('duty-expand', { id, added: nodes.length, refused, left });
    } catch (error) {
      if (!signal.aborted && !isAbort(error)) this.#failed(error);
    }
  }

  /** Takes the last expansion back; false when there is none. */
  async undo() {
    const step = this.#model.undo();
    if (!step) return false;
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
    if (truncated) this.notice = this.t('graph.part', { n: nodes.size, total });
    this.#emit('duty-load', { nodes: nodes.size, edges: edges.size, total, truncated: Boolean(truncated) });
  }

  #failed(error) {
    const { code = 'page-error', status = 0, requestId = '' } = error;
    this.notice = this.t.has(`error.${code}`) ? this.t(`error.${code}`) : error.message;
    this.#emit('duty-error', { code, status, requestId });
  }

  #select(id) {
    this.notice = '';
    this.at = id;
    this.#canvas?.select(id);
    const node = this.#model.nodes.get(id);
    const edge = this.#model.edges.get(id);
    if (!node && !edge) return;
    if (node)
      this.note = this.t('graph.at', {
        type: this.#ontology.typeName(node, this.t.short),
        name: node.name,
        n: this.#model.edgesOf(id).length,
      });
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
    this.notice = this.t('graph.no-evidence');
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
      model: this.#model,
      ontology: this.#ontology,
      t: this.t,
      at: this.at,
      focus: this.focusId,
      readonly: this.readonly,
      dark: this.#canvas ? themeOf(this.#canvas.container).dark : false,
      left: this.#model.left(this.at),
      on: {
        expand: (id) => this.expand(id),
        focus: (id) => this.focusOn(id),
        clear: () => this.#select(''),
        evidence: (edge, evidence) => this.#evidence(edge, evidence),
        evidenceOf: (id) => this.#evidenceAt(id),
        document: (node) =>
          this.#emit('duty-evidence', { document: { id: node.id, name: node.name }, start: null, end: null, quote: '' }),
      },
    };
  }

  get #frame() {
    const { nodes, edges, steps } = this.#model;
    return {
      ...{ t: this.t, view: this.view, status: this.status, notice: this.notice, readonly: this.readonly },
      ...{ nodes: nodes.size, edges: edges.size, undoable: steps.length > 1 },
      on: {
        view: (name) => {
          this.view = name;
        },
        undo: () => this.undo(),
        zoom: (factor) => this.#canvas.zoomBy(factor),
        fit: () => this.#canvas.fit(),
        png: () => this.#download(),
        noted: () => {
          this.notice = '';
        },
        retry: () => this.#attempt(this.#last),
      },
    };
  }

  render() {
    const t = this.t;
    const parts = this.#parts;
    const frame = this.#frame;
    return html`${bar(frame)}
      <div
        class="stage"
        part="canvas"
        role="application"
        tabindex="0"
        ?hidden=${this.view !== 'graph'}
        aria-label=${t('graph.label')}
        aria-describedby="keys"
        @keydown=${this.#keydown}
      >
        <div class="canvas"></div>
        ${cover(frame)} ${this.status === 'ready' ? card(parts) : nothing}
      </div>
      ${this.view === 'list' ? list(parts) : nothing} ${this.status === 'ready' ? legend(parts) : nothing}
      <p class="off" id="keys">${t('graph.keys')}</p>
      <p class="off" role="status" aria-live="polite">${this.note}</p>`;
  }
}

customElements.define('duty-graph', DutyGraph);
