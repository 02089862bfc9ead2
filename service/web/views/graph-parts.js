/** Parts of <duty-graph> that are words and not canvas: the legend, the card of what is selected, the equal list. */
import { html, nothing } from '../vendor/lit.js';
import { evidenceOf } from '../core/graph-model.js';
import { shorten } from '../core/labels.js';
import { roleMark } from '../core/ontology.js';
import { shapePath } from '../core/shapes.js';
import { readable } from '../core/style.js';

export function shapeIcon(ontology, label, dark) {
  const { shape, color } = ontology.node(label);
  return html`<svg class="shape" viewBox="0 0 20 20" aria-hidden="true">
    <path d=${shapePath(shape)} fill=${readable(color, dark)}></path>
  </svg>`;
}

/** The types on the canvas, and what broken lines mean when there are any. */
export function legend({ model, ontology, t, dark }) {
  const labels = new Set(Array.from(model.nodes.values(), (node) => node.label));
  const inherited = Array.from(model.edges.values()).some((edge) => edge.facts.every((fact) => fact.implicit));
  return html`<ul class="legend" aria-label=${t('graph.legend')}>
    ${Object.keys(ontology.nodes)
      .filter((label) => labels.has(label))
      .map((label) => html`<li>${shapeIcon(ontology, label, dark)}${ontology.node(label)[t.short]}</li>`)}
    ${
      inherited
        ? html`<li>
            <svg class="line" viewBox="0 0 26 10" aria-hidden="true">
              <path d="M1 5h24" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="6 4"></path></svg
            >${t('graph.inherited')}
          </li>`
        : nothing
    }
  </ul>`;
}

/** A relation in words, as its role is written where there is one. */
export function relationWords(edge, { ontology, t }) {
  const fact = edge.facts[0];
  const name = fact.text ?? (t.short === 'zh' && fact.role_zh ? fact.role_zh : ontology.relationName(edge.type, t.short));
  const mark = ontology.isDuty(edge.type) ? roleMark(fact.role_zh, edge.type) : '';
  const inherited = edge.facts.every((one) => one.implicit) ? t('graph.inherited-short') : '';
  return html`${mark && mark !== name ? html`<span class="mark" aria-hidden="true">${mark}</span> ` : nothing}${name}${inherited}`;
}

function facts(edge, view) {
  const { t, on } = view;
  return html`<ul class="facts">
    ${edge.facts.map((fact) => {
      const evidence = evidenceOf(fact);
      if (!evidence)
        return html`<li class="fact">
          <span class="from">${t('graph.no-evidence')}${fact.source ? `：${fact.source}` : ''}</span>
        </li>`;
      return html`<li class="fact">
        <q>${shorten(evidence.quote, 120)}</q>
        <div class="from"><bdi>${evidence.document.name ?? ''}</bdi></div>
        <button @click=${() => on.evidence(edge, evidence)}>${t('graph.open-evidence')}</button>
      </li>`;
    })}
  </ul>`;
}

function nodeCard(node, view) {
  const { model, ontology, t, on, dark, readonly, left } = view;
  const edges = model.edgesOf(node.id);
  const proved = edges.some((edge) => evidenceOf(edge.facts[0]));
  return html`<span class="type"
      >${shapeIcon(ontology, node.label, dark)}${ontology.typeName(node, t.short)} ·
      ${t('graph.relations', { n: edges.length })}</span
    >
    <h3><bdi>${shorten(node.name, 90)}</bdi></h3>
    ${node.aliases?.length ? html`<div class="type">${t('graph.aliases')}<bdi>${shorten(node.aliases.join('、'), 60)}</bdi></div>` : nothing}
    <div class="actions">
      ${
        readonly
          ? nothing
          : html` <button @click=${() => on.expand(node.id)} ?disabled=${left === 0}>
                ${left > 0 ? t('graph.expand-left', { n: left }) : left === 0 ? t('graph.expanded') : t('graph.expand')}
              </button>
              <button @click=${() => on.focus(node.id)} ?disabled=${view.focus === node.id}>${t('graph.centre')}</button>`
      }
      ${node.label === 'Document' ? html`<button @click=${() => on.document(node)}>${t('graph.open-document')}</button>` : nothing}
      ${proved ? html`<button @click=${() => on.evidenceOf(node.id)}>${t('graph.open-evidence')}</button>` : nothing}
    </div>`;
}

function edgeCard(edge, view) {
  const { model } = view;
  return html`<h3>
      <bdi>${shorten(model.nodes.get(edge.head)?.name, 60)}</bdi> — ${relationWords(edge, view)} →
      <bdi>${shorten(model.nodes.get(edge.tail)?.name, 60)}</bdi>
    </h3>
    ${facts(edge, view)}`;
}

/** What is known of the selected node or edge, and what can be done with it. */
export function card(view) {
  const { model, at, t, on } = view;
  const node = model.nodes.get(at);
  const edge = model.edges.get(at);
  if (!node && !edge) return nothing;
  return html`<section class="card" part="panel" aria-label=${t('graph.selected')}>
    <button class="close" aria-label=${t('graph.close')} @click=${on.clear}>✕</button>
    ${node ? nodeCard(node, view) : edgeCard(edge, view)}
  </section>`;
}

/** Everything the canvas shows, as a list: each node with its relations, each relation with its evidence. */
export function list(view) {
  const { model, ontology, t, dark } = view;
  const nodes = Array.from(model.nodes.values());
  const collator = new Intl.Collator('zh-CN-u-co-pinyin');
  const labels = Object.keys(ontology.nodes)
    .concat('')
    .filter((label) => nodes.some((node) => (node.label ?? '') === label));
  return html`<div class="list" part="list" role="region" aria-label=${t('graph.list')} tabindex="0">
    ${labels.map((label) => {
      const ofLabel = nodes.filter((node) => node.label === label).sort((a, b) => collator.compare(a.name, b.name));
      return html`<h3>${shapeIcon(ontology, label, dark)}${ontology.node(label)[t.short]}（${ofLabel.length}）</h3>
        <ul>
          ${ofLabel.map((node) => listEntry(node, view))}
        </ul>`;
    })}
  </div>`;
}

function listEntry(node, view) {
  const { model, t, on, readonly } = view;
  const name = shorten(node.name, 40);
  const expand = html`<button aria-label=${t('graph.expand-name', { name })} @click=${() => on.expand(node.id)}>
    ${t('graph.expand')}
  </button>`;
  return html`<li class="entry">
    <div class="head">
      <span class="name"><bdi>${shorten(node.name, 90)}</bdi></span>
      ${readonly ? nothing : html`<span class="right">${expand}</span>`}
    </div>
    <ul>
      ${model.edgesOf(node.id).map((edge) => listRelation(edge, node, view))}
    </ul>
  </li>`;
}

function listRelation(edge, node, view) {
  const { model, t, on } = view;
  const out = edge.head === node.id;
  const other = shorten(model.nodes.get(out ? edge.tail : edge.head)?.name, 60);
  const evidence = edge.facts.map(evidenceOf).find(Boolean);
  const show = html`<button
    aria-label=${t('graph.evidence-name', { name: shorten(other, 40) })}
    @click=${() => on.evidence(edge, evidence)}
  >
    ${t('graph.evidence')}
  </button>`;
  return html`<li>
    <span>${out ? '→' : '←'} ${relationWords(edge, view)} <bdi>${other}</bdi></span>
    ${evidence ? html`<span class="right">${show}</span>` : nothing}
  </li>`;
}
