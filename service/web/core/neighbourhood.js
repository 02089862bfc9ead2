/** A GraphModel that grows from the service: page by page, and remembers how much of each node has been asked for. */
import { GraphModel } from './graph-model.js';

export const STEP = 20; // relations of one expansion
const FIRST_RING = 60;
const SECOND_RING = 12; // nodes of the first ring that a depth of 2 expands

export class Neighbourhood extends GraphModel {
  #asked = new Map();

  clear() {
    super.clear();
    this.#asked.clear();
  }

  /** How many relations of a node were not asked for yet; -1 when none was. */
  left(id) {
    return this.#asked.get(id)?.left ?? -1;
  }

  undo() {
    const step = super.undo();
    if (step) this.#asked.delete(step.anchor);
    return step;
  }

  /**
   * The surroundings of one node as the picture one starts from.
   * @param {{api: object, types: {relations: string[], labels: string[]}, depth: number, signal: AbortSignal}} how
   */
  async start(id, how) {
    const { total, truncated } = await this.page(id, FIRST_RING, how);
    if (how.depth > 1) {
      for (const next of Array.from(this.neighboursOf(id)).slice(0, SECOND_RING)) await this.page(next, STEP, how);
    }
    this.steps.splice(1); // not undone piece by piece
    return { total, truncated };
  }

  /** One page more of a node's relations, as one step. */
  async page(id, limit, { api, types, signal }) {
    const relations = types.relations.join(',');
    const before = this.#asked.get(id);
    const { seen, next } = before?.relations === relations && before.next ? before : { seen: 0, next: '' };
    const found = await api.neighbours(id, { types: relations, limit, cursor: next }, signal);
    const wanted = (node) => !types.labels.length || types.labels.includes(node.label);
    const added = this.add({ nodes: [found.node, ...found.nodes.filter(wanted)], edges: found.edges }, id);
    const known = seen + found.edges.length; // the service pages relations, not nodes
    const left = found.next ? Math.max(1, found.total - known) : 0;
    this.#asked.set(id, { relations, next: found.next, seen: known, left });
    return { ...added, total: found.total, truncated: found.truncated };
  }
}
