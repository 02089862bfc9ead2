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
    const skip = this.#asked.get(id)?.seen ?? 0;
    const found = await api.neighbours(id, { types: types.relations.join(','), limit, skip }, signal);
    const wanted = (node) => !types.labels.length || types.labels.includes(node.label);
    const added = this.add({ nodes: [found.node, ...found.nodes.filter(wanted)], edges: found.edges }, id);
    const seen = skip + found.edges.length; // the service pages relations, not nodes
    this.#asked.set(id, { seen, left: Math.max(0, found.total - seen) });
    return { ...added, total: found.total, truncated: found.truncated };
  }
}
