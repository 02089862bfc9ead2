/**
 * What the canvas holds: nodes, and one edge for each (head, type, tail) with all its facts. Grows by steps, each of
 * which can be taken back. Never more than the cap: a bigger picture cannot be read.
 */

export const CAP = 300;

/** An answer knows that a task is about a thing, not by which relation: this holds the place until the relation comes. */
export const STAND_IN = 'ABOUT';

/** A fact's place in a document, or null: knowledge and derived relations have none. */
export function evidenceOf(fact) {
  if (!fact?.document?.id || fact.start == null || fact.end == null) return null;
  const { document, start, end, quote = '' } = fact;
  return { document, start, end, quote, rule: fact.rule, confidence: fact.confidence, implicit: fact.implicit };
}

export class GraphModel {
  nodes = new Map();
  edges = new Map();
  steps = [];
  #cap;

  constructor(cap = CAP) {
    this.#cap = cap;
  }

  clear() {
    this.nodes.clear();
    this.edges.clear();
    this.steps = [];
  }

  /**
   * Adds what is new as one step. Edges to nodes that are not shown wait for nothing: they are left out.
   * @returns {{nodes: string[], edges: string[], refused: number}} what was added, and how many nodes the cap refused
   */
  add({ nodes, edges }, anchor = '') {
    const step = { anchor, nodes: [], edges: [], replaced: [] };
    let refused = 0;
    for (const node of nodes) {
      const known = this.nodes.get(node.id);
      if (known) Object.assign(known, node);
      else if (this.nodes.size >= this.#cap) refused++;
      else {
        this.nodes.set(node.id, { aliases: [], kind: '', ...node });
        step.nodes.push(node.id);
      }
    }
    for (const edge of edges) this.#addFact(edge, step);
    if (step.nodes.length || step.edges.length) this.steps.push(step);
    return { nodes: step.nodes, edges: step.edges, refused };
  }

  #addFact(fact, step) {
    if (!this.nodes.has(fact.head) || !this.nodes.has(fact.tail)) return;
    if (fact.type !== STAND_IN) this.#replaceStandIn(fact, step);
    const id = `${fact.head}|${fact.type}|${fact.tail}`;
    const known = this.edges.get(id);
    if (!known) {
      this.edges.set(id, { id, type: fact.type, head: fact.head, tail: fact.tail, facts: [fact] });
      step.edges.push(id);
    } else if (!known.facts.some((other) => sameFact(other, fact))) known.facts.push(fact);
  }

  #replaceStandIn({ head, tail }, step) {
    const id = `${head}|${STAND_IN}|${tail}`;
    if (!this.edges.has(id)) return;
    step.replaced.push(this.edges.get(id));
    this.edges.delete(id);
  }

  /** Takes the last step back, never the first. Returns what went, or null when there is nothing to take back. */
  undo() {
    if (this.steps.length < 2) return null;
    const step = this.steps.pop();
    for (const id of step.edges) this.edges.delete(id);
    for (const id of step.nodes) this.nodes.delete(id);
    for (const edge of step.replaced) this.edges.set(edge.id, edge);
    return step;
  }

  /** The edges at a node. */
  edgesOf(id) {
    return Array.from(this.edges.values()).filter(({ head, tail }) => head === id || tail === id);
  }

  /** The nodes next to a node, without itself. */
  neighboursOf(id) {
    const around = new Set(this.edgesOf(id).flatMap(({ head, tail }) => [head, tail]));
    around.delete(id);
    return around;
  }

  /** Ids by falling number of edges. */
  byDegree() {
    const degree = new Map(Array.from(this.nodes.keys(), (id) => [id, 0]));
    for (const { head, tail } of this.edges.values()) {
      degree.set(head, degree.get(head) + 1);
      degree.set(tail, degree.get(tail) + 1);
    }
    return Array.from(degree)
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .map(([id]) => id);
  }
}

function sameFact(a, b) {
  return a.document?.id === b.document?.id && a.start === b.start && a.end === b.end;
}
