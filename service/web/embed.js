/** The frame variant: /embed?focus=ID&depth=1&types=…&lang=en&readonly. The address gives the element its attributes. */
import './duty-graph.js';

const query = new URLSearchParams(globalThis.location.search);
const graph = document.createElement('duty-graph');
for (const name of ['focus', 'depth', 'types', 'lang', 'readonly'])
  if (query.has(name)) graph.setAttribute(name, query.get(name));
if (query.get('lang')) document.documentElement.lang = query.get('lang');
document.body.append(graph);
