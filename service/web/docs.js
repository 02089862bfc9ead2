/** The API's own description as a page: every route with its parameters and examples, and GET routes to try out. */

const PROBLEM = 'application/problem+json';
const $ = (id) => document.getElementById(id);

/** An element with its text or children; nothing is ever read as HTML. */
function element(name, content = [], attributes = {}) {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...[content].flat().filter((part) => part !== null && part !== undefined));
  return made;
}

const headers = () => ($('given').value ? { authorization: `Bearer ${$('given').value}` } : {});
const shown = (value) => (typeof value === 'string' ? value : JSON.stringify(value, null, 1));
const kind = (schema) => (schema.enum ?? (schema.anyOf ?? [schema]).map((part) => part.type)).filter((one) => one !== 'null').join(' | ');
const example = (parameter) => parameter.example ?? parameter.schema.examples?.[0] ?? '';

function table(parameters) {
  const head = ['名称 / name', '类型 / type', '例 / example', '含义 / meaning'];
  const row = (p) => [p.name + (p.required ? ' *' : ''), kind(p.schema), shown(example(p)), p.description ?? ''];
  return element('table', [
    element('thead', element('tr', head.map((text) => element('th', text, { scope: 'col' })))),
    element('tbody', parameters.map((p) => element('tr', row(p).map((text) => element('td', text))))),
  ]);
}

/** The address a form asks for: its values in path and query, empty ones left out. */
function address(path, parameters, form) {
  const query = new URLSearchParams();
  let filled = path;
  for (const { name, in: where } of parameters) {
    const value = form.elements[name].value;
    if (where === 'path') filled = filled.replace(`{${name}}`, encodeURIComponent(value));
    else if (value) query.set(name, value);
  }
  return query.size ? `${filled}?${query}` : filled;
}

/** A GET route to try out, filled with the examples of what it needs. */
function trial(path, parameters) {
  const answer = element('pre', '', { tabIndex: 0, hidden: true });
  const fields = parameters.map((p) =>
    element('label', [`${p.name} `, element('input', [], { name: p.name, value: p.required ? shown(example(p)) : '' }), ' ']),
  );
  const form = element('form', [...fields, element('button', '试一试 / Try')]);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const url = address(path, parameters, form);
    const response = await fetch(url, { headers: headers() });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    answer.textContent = `GET ${url}\n${response.status}\n${json ? shown(JSON.parse(text)) : text}`;
    answer.hidden = false;
  });
  return [form, answer];
}

function examples(title, parts) {
  return Object.entries(parts ?? {}).flatMap(([media, content]) =>
    content.example === undefined || media === PROBLEM
      ? []
      : [element('h3', `${title} ${media}`), element('pre', shown(content.example), { tabIndex: 0 })],
  );
}

function route(method, path, operation) {
  const parameters = operation.parameters ?? [];
  const body = () => [
    ...(operation.description ?? '').split('\n\n').map((text) => element('p', text)),
    parameters.length ? table(parameters) : null,
    ...(method === 'get' ? trial(path, parameters) : []),
    ...examples('请求 / Body', operation.requestBody?.content),
    ...Object.entries(operation.responses).flatMap(([status, found]) => examples(status, found.content)),
  ];
  const inside = element('div');
  const made = element('details', [
    element('summary', [element('code', `${method.toUpperCase()} ${path}`), ` ${operation.summary ?? ''}`]),
    inside,
  ]);
  made.addEventListener('toggle', () => made.open && !inside.childNodes.length && inside.append(...body().filter(Boolean)));
  return made;
}

async function load() {
  const response = await fetch('openapi.json', { headers: headers() });
  const found = await response.json();
  $('key').hidden = response.ok;
  if (!response.ok) {
    $('routes').replaceChildren(element('p', found.detail, { className: 'problem' }));
    return;
  }
  $('about').textContent = `${found.info.summary} ${found.info.version}, OpenAPI ${found.openapi}`;
  const tags = new Map();
  for (const [path, operations] of Object.entries(found.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const tag = operation.tags?.[0] ?? '';
      tags.set(tag, [...(tags.get(tag) ?? []), route(method, path, operation)]);
    }
  }
  $('routes').replaceChildren(
    ...[...tags].map(([tag, routes]) => element('section', [element('h2', tag), ...routes])),
  );
}

$('filter').addEventListener('input', () => {
  const wanted = $('filter').value.toLowerCase();
  for (const one of document.querySelectorAll('details')) one.hidden = !one.firstChild.textContent.toLowerCase().includes(wanted);
});
$('key').addEventListener('submit', (event) => {
  event.preventDefault();
  load();
});
load();
