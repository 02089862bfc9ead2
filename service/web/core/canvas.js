/**
 * The one place that knows Cytoscape: draws a GraphModel, reports what was touched, moves the cursor, makes pictures.
 * The element above it speaks of nodes and edges only, so that another renderer could take this file's place.
 */
import cytoscape from '../vendor/cytoscape.js';
import { breakLabel, width } from './labels.js';
import { Layout } from './layout.js';
import { roleMark } from './ontology.js';
import { styleSheet } from './style.js';

const MOST_ZOOM_AFTER_FIT = 1.2;
const LEAST_ZOOM_TO_READ = 0.62;
const ALL_NAMED = 40; // up to here every label is drawn
const NAMED_BY_DEGREE = 12; // beyond, these many of the best connected

/** What an edge says on the canvas: 牵, 责 or 配 for duties, the relation's name otherwise. */
function edgeData(edge, ontology, short) {
  const fact = edge.facts[0];
  const duty = ontology.isDuty(edge.type);
  const mark = short === 'zh' && duty ? roleMark(fact.role_zh, edge.type) : '';
  return {
    id: edge.id,
    source: edge.head,
    target: edge.tail,
    type: edge.type,
    duty: duty || undefined,
    implicit: edge.facts.every((one) => one.implicit) || undefined,
    text: fact.text ?? (mark || ontology.relationName(edge.type, short)),
  };
}

function nodeData(node) {
  const text = breakLabel(node.name);
  return { id: node.id, label: node.label, text };
}

/** The space a node and the label below it take; `low` is how far the label pulls its middle down. */
function boxOf({ text }, focus) {
  const lines = text.split('\n');
  const [size, dot] = focus ? [16, 46] : [13, 34];
  const tall = lines.length * size * 1.3 + 5;
  return { w: Math.max(dot, ...lines.map((line) => width(line) * size)), h: dot + tall, low: tall / 2 };
}

export class Canvas {
  #layout = new Layout();
  #on;
  #drawn = 0;
  moved = false;

  /** @param {HTMLElement} container @param {(event: string, id: string) => void} on tells of tap, open, hover and blank */
  constructor(container, on) {
    this.container = container;
    this.#on = on;
    this.cy = cytoscape({
      container,
      style: [],
      layout: { name: 'preset' },
      minZoom: 0.1,
      maxZoom: 4,
      boxSelectionEnabled: false,
      autounselectify: true,
      hideEdgesOnViewport: false,
      pixelRatio: 'auto',
    });
    this.#listen();
  }

  #listen() {
    const cy = this.cy;
    // Cytoscape remembers where its container is, and cannot see the page outside our shadow root push it elsewhere.
    for (const event of ['pointerenter', 'pointerdown', 'wheel']) {
      this.container.addEventListener(event, () => cy.renderer().invalidateContainerClientCoordsCache(), {
        capture: true,
        passive: true,
      });
    }
    cy.on('tap', 'node', ({ target }) => this.#on('node', target.id()));
    cy.on('tap', 'edge', ({ target }) => this.#on('edge', target.id()));
    cy.on('dbltap', 'node', ({ target }) => this.#on('open', target.id()));
    cy.on('tap', (event) => event.target === cy && this.#on('blank', ''));
    cy.on('dragpan scrollzoom pinchzoom', () => {
      this.moved = true;
    });
    cy.on('mouseover', 'node, edge', ({ target }) => {
      target.addClass('hover');
      this.container.classList.add('over');
    });
    cy.on('mouseout', 'node, edge', ({ target }) => {
      target.removeClass('hover');
      this.container.classList.remove('over');
    });
  }

  restyle(ontology, theme) {
    this.cy.style().fromJson(styleSheet(ontology, theme)).update();
  }

  /**
   * Makes the picture hold exactly the model. Nodes that were there stay where they are; new ones are placed round the
   * anchor. Resolves when they stand, with false when a later call has overtaken this one.
   */
  async sync(model, { ontology, short, focus = '', anchor = '', animate = false }) {
    const number = ++this.#drawn;
    const job = this.#job(model, anchor, focus);
    const positions = await this.#layout.place(job);
    if (number !== this.#drawn || this.cy.destroyed()) return false;
    this.cy.batch(() => {
      this.cy
        .elements()
        .filter((one) => !model.nodes.has(one.id()) && !model.edges.has(one.id()))
        .remove();
      for (const node of model.nodes.values()) this.#put(nodeData(node), positions[node.id], animate && positions[anchor]);
      for (const edge of model.edges.values()) this.#put(edgeData(edge, ontology, short));
      this.#name(model, focus);
    });
    await this.#settle(positions, animate);
    return number === this.#drawn && !this.cy.destroyed();
  }

  #job(model, anchor, focus) {
    const nodes = Array.from(model.nodes.values(), (node) => {
      const shown = this.cy.getElementById(node.id);
      const old = shown.nonempty() ? { ...shown.position(), fixed: true } : {};
      return { id: node.id, ...boxOf(nodeData(node), node.id === focus), ...old };
    });
    const edges = Array.from(model.edges.values(), ({ head, tail }) => ({ head, tail }));
    const { clientWidth, clientHeight } = this.container;
    return { nodes, edges, anchor: anchor || focus, aspect: Math.min(2, Math.max(0.7, clientWidth / (clientHeight || 1))) };
  }

  #put(data, position, from) {
    const shown = this.cy.getElementById(data.id);
    if (shown.nonempty()) shown.data(data);
    else this.cy.add({ data, ...(position ? { position: { ...(from || position) } } : {}) });
  }

  /** Names the focus, its neighbours and the best connected; the others show their names from zoom 1.2 on. */
  #name(model, focus) {
    const all = model.nodes.size <= ALL_NAMED;
    const named = new Set(
      all ? model.nodes.keys() : [focus, ...model.neighboursOf(focus), ...model.byDegree().slice(0, NAMED_BY_DEGREE)],
    );
    for (const node of this.cy.nodes()) {
      node.toggleClass('named', named.has(node.id()));
      node.toggleClass('focus', node.id() === focus);
    }
  }

  #settle(positions, animate) {
    const layout = this.cy.layout({
      name: 'preset',
      fit: false,
      animate,
      animationDuration: 260,
      positions: (node) => positions[node.id()] ?? node.position(),
    });
    const stopped = layout.promiseOn('layoutstop');
    layout.run();
    return stopped;
  }

  /** The whole graph in view, or the part that is named, never blown up. */
  fit(ids) {
    const part = ids ? this.cy.nodes().filter((node) => ids.includes(node.id())) : this.cy.elements();
    this.cy.fit(part, 28);
    if (this.cy.zoom() > MOST_ZOOM_AFTER_FIT) {
      this.cy.zoom(MOST_ZOOM_AFTER_FIT);
      this.cy.center(part);
    }
    this.moved = false;
  }

  /** Follows its box; the picture is fitted again unless the user has moved it. */
  resize() {
    this.cy.resize();
    if (!this.moved && this.container.clientWidth > 0) this.fit();
  }

  /** After an expansion: everything in view if that stays legible, else the new part. */
  reveal(ids) {
    const { clientWidth, clientHeight } = this.container;
    const inside = ({ x1, y1, x2, y2 }) => x1 >= 0 && y1 >= 0 && x2 <= clientWidth && y2 <= clientHeight;
    if (
      inside(
        this.cy
          .nodes()
          .filter((node) => ids.includes(node.id()))
          .renderedBoundingBox(),
      )
    )
      return;
    this.fit();
    if (this.cy.zoom() < LEAST_ZOOM_TO_READ) this.fit(ids);
  }

  /** Moves the picture so that a node does not lie below the card (in container pixels). */
  uncover(id, { left, top, right, bottom }) {
    const node = this.cy.getElementById(id);
    if (node.empty() || !node.isNode()) return;
    const { x, y } = node.renderedPosition();
    if (x < left - 30 || x > right + 30 || y < top - 60 || y > bottom + 30) return;
    this.cy.panBy({ x: 0, y: top - 70 - y });
  }

  zoomBy(factor) {
    this.moved = true;
    const { clientWidth, clientHeight } = this.container;
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: { x: clientWidth / 2, y: clientHeight / 2 } });
  }

  /** Marks one node or edge as the place the user is at, and dims what is not next to it. */
  select(id) {
    const cy = this.cy;
    cy.batch(() => {
      cy.elements().removeClass('at dim');
      const at = id ? cy.getElementById(id) : cy.collection();
      if (at.empty()) return;
      at.addClass('at');
      const near = at.isNode() ? at.closedNeighborhood() : at.union(at.connectedNodes());
      cy.elements().difference(near).addClass('dim');
    });
  }

  /** Shows an edge once, to lead the eye from a sentence to its line. */
  pulse(id) {
    const edge = this.cy.getElementById(id);
    edge.addClass('pulse');
    setTimeout(() => edge.removeClass('pulse'), 900);
  }

  /** The nearest node in a direction, among the neighbours first; '' when there is none. */
  next(from, direction, model) {
    const here = this.cy.getElementById(from);
    if (here.empty()) return this.cy.nodes()[0]?.id() ?? '';
    const neighbours = model.neighboursOf(from);
    const best = { id: '', cost: Infinity };
    const { x, y } = here.position();
    for (const node of this.cy.nodes()) {
      if (node.id() === from) continue;
      const [along, across] = ahead(node.position().x - x, node.position().y - y, direction);
      const cost = along + 2 * across + (neighbours.has(node.id()) ? 0 : 400);
      if (along > 4 && cost < best.cost) Object.assign(best, { id: node.id(), cost });
    }
    return best.id;
  }

  /** Moves a node into view if it is outside. */
  show(id) {
    const node = this.cy.getElementById(id);
    if (node.empty()) return;
    const { x, y } = node.renderedPosition();
    const { clientWidth, clientHeight } = this.container;
    if (x < 20 || y < 20 || x > clientWidth - 20 || y > clientHeight - 20) this.cy.center(node);
  }

  /** Where every node stands on the screen, for tests and tools. */
  snapshot() {
    return this.cy.nodes().map((node) => ({ id: node.id(), label: node.data('label'), ...node.renderedPosition() }));
  }

  png(background) {
    return this.cy.png({ output: 'blob-promise', full: true, scale: 2, bg: background, maxWidth: 8000, maxHeight: 8000 });
  }

  close() {
    this.#drawn++;
    this.#layout.close();
    this.cy.destroy();
  }
}

/** How far a step (dx, dy) goes along a direction, and how far off it. */
function ahead(dx, dy, direction) {
  const horizontal = direction === 'ArrowLeft' || direction === 'ArrowRight';
  const sign = direction === 'ArrowRight' || direction === 'ArrowDown' ? 1 : -1;
  return horizontal ? [dx * sign, Math.abs(dy)] : [dy * sign, Math.abs(dx)];
}
