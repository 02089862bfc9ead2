/** The legend: how labels and relations are called, drawn and abbreviated. All of it comes from the service's ontology. */

const UNKNOWN_NODE = { zh: '实体', en: 'Entity', shape: 'ellipse', color: '#55606e' };

export class Ontology {
  #byPrefix = new Map();

  /** @param {{nodes: object, relations: object}} data as `/ontology` gives it */
  constructor(data) {
    this.nodes = data?.nodes ?? {};
    this.relations = data?.relations ?? {};
    for (const label of Object.keys(this.nodes)) this.#byPrefix.set(label.toLowerCase(), label);
  }

  /** An id says its label: `campaign:0a1b…` is a Campaign. */
  labelOf(id) {
    return this.#byPrefix.get(String(id ?? '').split(':', 1)[0]) ?? '';
  }

  node(label) {
    return this.nodes[label] ?? UNKNOWN_NODE;
  }

  /** A node's type in words, with the sub-class where it says more. */
  typeName({ label, kind }, short) {
    const type = this.node(label);
    const sub = short === 'zh' ? type.kinds?.[kind] : undefined;
    return sub && sub !== type.zh ? `${type[short]} · ${sub}` : type[short];
  }

  /** A sub-class in words; undefined for any other text. English has no other words than the sub-class itself. */
  kindName(kind, short) {
    const named = Object.values(this.nodes).find(({ kinds }) => kinds && kind in kinds);
    return short === 'zh' ? named?.kinds[kind] : undefined;
  }

  relationName(type, short) {
    return this.relations[type]?.[short] ?? type;
  }

  isDuty(type) {
    return this.relations[type]?.group === 'duty';
  }

  /** Splits the `types` attribute into relation types and node labels; both may be written in Chinese. */
  parseTypes(text) {
    const found = { relations: [], labels: [] };
    for (const word of String(text ?? '')
      .split(/[,，、\s]+/)
      .filter(Boolean)) {
      const named = ([key, entry]) => key === word || entry.zh === word || entry.en === word;
      const relation = Object.entries(this.relations).find(named);
      const label = Object.entries(this.nodes).find(named);
      if (relation) found.relations.push(relation[0]);
      if (label) found.labels.push(label[0]);
    }
    return found;
  }
}

const MARKS = {
  牵头: '牵',
  主责: '牵',
  责任: '责',
  负责: '责',
  配合: '配',
  参与: '配',
  执行: '执',
  部署: '部',
  督办: '督',
};
const MARK_OF_TYPE = { LEADS: '责', COOPERATES: '配', EXECUTES: '执', ASSIGNS: '部', SUPERVISES: '督' };

/** The one character a role is shown by: 牵 leads, 责 is responsible, 配 supports, 执 carries out, 部 assigns, 督 supervises. */
export function roleMark(roleZh, type = '') {
  return MARKS[roleZh] ?? MARK_OF_TYPE[type] ?? '';
}
