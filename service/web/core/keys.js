/** Keys, in one place: what they do on the graph, and when a key belongs to an input method and not to us. */

/** While an input method composes, Enter and arrows choose characters. WebKit sends 229 without the flag. */
export function composing(event) {
  return event.isComposing || event.keyCode === 229;
}

const PLAIN = {
  ArrowLeft: 'move',
  ArrowRight: 'move',
  ArrowUp: 'move',
  ArrowDown: 'move',
  Enter: 'expand',
  e: 'evidence',
  E: 'evidence',
  Escape: 'clear',
  Home: 'home',
  '+': 'in',
  '=': 'in',
  '-': 'out',
  0: 'fit',
  u: 'undo',
  U: 'undo',
};

/** The graph action of a key press, or '' for keys that are not ours. */
export function graphAction(event) {
  if (composing(event) || event.altKey) return '';
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === 'z' && !event.shiftKey ? 'undo' : '';
  return PLAIN[event.key] ?? '';
}
