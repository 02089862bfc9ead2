/** Force-directed positions: runs in the worker, knows nothing of the page. The same input gives the same picture. */
import { forceLink, forceManyBody, forceSimulation, forceX, forceY } from '../vendor/d3-force.js';

const TICKS = 260;
const GAP = 10;

/** Keeps label boxes apart: a circle round a wide Chinese label would waste most of its area. */
function forceBoxes() {
  let nodes = [];
  const push = (a, b, strength) => {
    const dx = b.x - a.x;
    const dy = b.y + b.low - a.y - a.low;
    const overX = (a.w + b.w) / 2 + GAP - Math.abs(dx);
    const overY = (a.h + b.h) / 2 + GAP - Math.abs(dy);
    if (overX <= 0 || overY <= 0) return;
    const axis = overX < overY ? 'x' : 'y';
    const shift = ((axis === 'x' ? (dx < 0 ? -overX : overX) : dy < 0 ? -overY : overY) / 2) * strength;
    if (a[`f${axis}`] == null) a[axis] -= b[`f${axis}`] == null ? shift : 2 * shift;
    if (b[`f${axis}`] == null) b[axis] += a[`f${axis}`] == null ? shift : 2 * shift;
  };
  // Gentle at first, while the graph unfolds; firm at the end. Firm boxes from the start would lock it folded.
  const force = (alpha) => {
    const strength = 0.8 * (1 - alpha) ** 3;
    for (let i = 0; i < nodes.length; i++) for (let j = i + 1; j < nodes.length; j++) push(nodes[i], nodes[j], strength);
  };
  force.initialize = (all) => {
    nodes = all;
  };
  return force;
}

function overlap(a, b) {
  const gapX = (a.w + b.w) / 2 + GAP - Math.abs(b.x - a.x);
  const gapY = (a.h + b.h) / 2 + GAP - Math.abs(b.y + b.low - a.y - a.low);
  return gapX > 0 && gapY > 0;
}

/** A new node squeezed between fixed ones cannot be pushed out: it takes the nearest free place on a spiral. */
function settle(nodes) {
  for (const node of nodes.filter(({ fixed }) => !fixed)) {
    const { x, y } = node;
    const taken = () => nodes.some((other) => other !== node && overlap(node, other));
    for (let turn = 1; turn < 240 && taken(); turn++) {
      node.x = x + 5 * turn * Math.cos(turn * 0.7);
      node.y = y + 5 * turn * Math.sin(turn * 0.7);
    }
  }
}

/** New nodes start on a ring round the anchor, neighbours side by side, so that the graph opens like a fan. */
function seedPositions(nodes, edges, anchor) {
  const centre = nodes.find(({ id }) => id === anchor) ?? nodes[0];
  centre.x ??= 0;
  centre.y ??= 0;
  const fresh = outward(nodes, edges, centre).filter((node) => node.x == null);
  const radius = 90 + fresh.length * 6;
  fresh.forEach((node, index) => {
    const angle = (index / fresh.length) * 2 * Math.PI;
    node.x = centre.x + radius * Math.cos(angle);
    node.y = centre.y + radius * Math.sin(angle);
  });
}

/** Nodes in the order a walk meets them that goes deep first; what it cannot reach comes last, in order. */
function outward(nodes, edges, centre) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const next = new Map(nodes.map(({ id }) => [id, []]));
  for (const { head, tail } of edges) {
    next.get(head).push(tail);
    next.get(tail).push(head);
  }
  const met = new Set();
  const waiting = [...nodes.map(({ id }) => id).reverse(), centre.id];
  while (waiting.length) {
    const id = waiting.pop();
    if (met.has(id)) continue;
    met.add(id);
    waiting.push(...next.get(id));
  }
  return Array.from(met, (id) => byId.get(id));
}

/**
 * @param {{nodes: {id: string, w: number, h: number, low: number, x?: number, y?: number, fixed?: boolean}[],
 *   edges: {head: string, tail: string}[], anchor?: string, aspect?: number}} job
 * @returns {Record<string, {x: number, y: number}>}
 */
export function place({ nodes, edges, anchor, aspect = 1.4 }) {
  const moving = nodes.map((node) => ({ ...node, ...(node.fixed ? { fx: node.x, fy: node.y } : {}) }));
  if (!moving.length) return {};
  const alone = moving.every((node) => !node.fixed);
  seedPositions(moving, edges, anchor);
  const links = edges.map(({ head, tail }) => ({ source: head, target: tail }));
  const pull = alone ? 0.09 : 0.01;
  forceSimulation(moving)
    .force(
      'link',
      forceLink(links)
        .id((node) => node.id)
        .distance((link) => 92 + (link.source.w + link.target.w) / 5)
        .strength(0.4),
    )
    .force('charge', forceManyBody().strength(-560).distanceMax(520))
    .force('x', forceX(0).strength(pull / aspect))
    .force('y', forceY(0).strength(pull * aspect))
    .force('boxes', forceBoxes())
    .stop()
    .tick(TICKS);
  settle(moving);
  return Object.fromEntries(moving.map(({ id, x, y }) => [id, { x: Math.round(x), y: Math.round(y) }]));
}
