/** The frame of <duty-graph>: its toolbar, and what covers the canvas while there is nothing to see. */
import { html, nothing } from '../vendor/lit.js';

const CLOSER = 1.25;
const FARTHER = 0.8;

/** View switch, size, and what can be done with the picture; the slot is the host's. */
export function bar({ t, view, nodes, edges, undoable, readonly, on }) {
  const show = (name) =>
    html`<button aria-pressed=${view === name} @click=${() => on.view(name)}>${t(`graph.view.${name}`)}</button>`;
  const act = (key, sign, run, disabled = false) =>
    html`<button title=${t(key)} aria-label=${t(key)} ?disabled=${disabled} @click=${run}>${sign}</button>`;
  return html`<div class="bar" part="toolbar" role="toolbar" aria-label=${t('graph.toolbar')}>
    <span class="views">${show('graph')}${show('list')}</span>
    <span class="count">${t('graph.count', { nodes, edges })}</span>
    <span class="space"></span><slot name="toolbar"></slot>
    ${readonly ? nothing : act('graph.undo', '↶', on.undo, !undoable)}
    ${act('graph.zoom-in', '＋', () => on.zoom(CLOSER))}${act('graph.zoom-out', '－', () => on.zoom(FARTHER))}
    ${act('graph.fit', '⤢', on.fit)}${act('graph.png', '⤓', on.png)}
  </div>`;
}

/** Loading, failed or empty: each says so, and how to go on. Above a picture: what one must know of it. */
export function cover({ t, status, notice, on }) {
  if (status === 'loading') return html`<div class="cover"><p>${t('graph.loading')}</p></div>`;
  if (status === 'error') {
    return html`<div class="cover" role="alert">
      <p>${notice}</p>
      <button @click=${on.retry}>${t('retry')}</button>
    </div>`;
  }
  if (status === 'empty') return html`<div class="cover"><slot name="empty"><p>${t('graph.empty')}</p></slot></div>`;
  return html`<p class="notice" role="status" ?hidden=${!notice}>
    ${notice} <button aria-label=${t('graph.close')} @click=${on.noted}>✕</button>
  </p>`;
}
