/** Rows of an answer, whatever query gave them: their evidence, their graph, their words. */

import { STAND_IN } from './graph-model.js';

/** Whether rows say who owns what, and so can be shown with roles and drawn. */
export function areDuties(rows) {
  return rows.length > 0 && rows.every((row) => row.unit?.id && row.task?.id && row.role);
}

function place(from, document) {
  const start = from?.start;
  const end = from?.end;
  if (!document?.id || !Number.isInteger(start) || !Number.isInteger(end)) return null;
  return { document, start, end, quote: from.quote ?? '' };
}

/** The sentence of the other document that a row compares with: {document, start, end, quote} or null. */
export function comparedOfRow(row) {
  const from = { start: row.other_start, end: row.other_end, quote: row.other_quote };
  return place(from, row.report ?? row.other_document);
}

/** Where a row is proved: {document, start, end, quote} or null. What is only in the other document is proved there. */
export function evidenceOfRow(row, columns = []) {
  const own = place(row, row.document) ?? comparedOfRow(row);
  if (own) return own;
  for (const { name, evidence } of columns) {
    const nested = evidence ? place(row[name], row[name]?.document ?? row.document) : null;
    if (nested) return nested;
  }
  return null;
}

/** The second sentence of a duty: what links the task to the thing asked about, when another sentence says it. */
export function matchOfRow(row) {
  const match = place(row.match, row.match?.document ?? row.document);
  if (!match || (match.start === row.start && match.end === row.end)) return null;
  return { ...match, name: row.match.name ?? '' };
}

const PARTS_OF_EVIDENCE = new Set(['quote', 'start', 'end', 'rule', 'confidence', 'status', 'match', 'document']);

function isEmpty(value) {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && !value.length);
}

/** The columns a person reads: those in which some row has something; the evidence has a place of its own. */
export function readable({ columns, rows }) {
  const said = ({ name }) => !rows.length || rows.some((row) => !isEmpty(row[name]));
  return columns.filter((column) => !column.evidence && !PARTS_OF_EVIDENCE.has(column.name) && said(column));
}

/** Whether a value is a code of comparisons (raised, met, later …), which is said in words. */
const isCode = (value, t) => typeof value === 'string' && t.has(`code.${value}`);

const COMPARISONS = { '>=': '≥', '<=': '≤', '~': '≈', increase: '↑', decrease: '↓' };

/** A cell as words. */
export function cellText(value, t) {
  if (isEmpty(value)) return '—';
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : t.number(value);
  if (Array.isArray(value)) return value.map((one) => cellText(one, t)).join(t('list.comma'));
  if (typeof value === 'object') return value.name ?? value.text ?? value.id ?? JSON.stringify(value);
  if (isCode(value, t)) return t(`code.${value}`);
  return COMPARISONS[value] ?? String(value);
}

const GRAPH_ROWS = 60;

/** The answer's own graph: units, their tasks, and what links a task to the thing asked about. */
export function graphOfDuties(rows, t) {
  const nodes = new Map();
  const edges = [];
  const node = ({ id, name }) => nodes.set(id, nodes.get(id) ?? { id, name });
  for (const row of rows.slice(0, GRAPH_ROWS)) {
    node(row.unit);
    node(row.task);
    const { document, quote, start, end, rule, confidence, implicit, role_zh, status } = row;
    edges.push({
      type: row.role,
      head: row.unit.id,
      tail: row.task.id,
      role_zh,
      implicit,
      status,
      rule,
      confidence,
      document,
      quote,
      start,
      end,
    });
    if (!row.match?.id || row.match.id === row.task.id || row.match.id === row.unit.id) continue;
    node(row.match);
    edges.push({ ...row.match, type: STAND_IN, text: t('graph.about'), head: row.task.id, tail: row.match.id, document });
  }
  return { nodes: Array.from(nodes.values()), edges, focus: focusOfDuties(rows) };
}

/** What most rows have in common: the thing asked about, or the unit when the question was about one. */
function focusOfDuties(rows) {
  const count = new Map();
  for (const name of ['match', 'unit', 'task']) {
    for (const row of rows) if (row[name]?.id) count.set(row[name].id, (count.get(row[name].id) ?? 0) + 1);
  }
  return Array.from(count).reduce((best, one) => (one[1] > best[1] ? one : best), ['', 0])[0];
}

/** The node an answer without duties is about: the first thing with an id in its parameters or rows. */
export function focusOfRows(rows, params = {}) {
  const things = [...Object.values(params), ...rows.slice(0, 1).flatMap((row) => Object.values(row))];
  const isId = (text) => typeof text === 'string' && /^[a-z]+:[0-9a-f]{20}$/.test(text);
  for (const thing of things) {
    if (isId(thing)) return thing;
    if (isId(thing?.id)) return thing.id;
  }
  return '';
}

/** The answer as plain text with its sources, to be pasted into a report. */
export function asText({ answer, rows, columns }, t) {
  const lines = rows.map((row, index) => `${index + 1}. ${rowText(row, { columns, rows }, t)}${citation(evidenceOfRow(row, columns), t)}`);
  return [answer, '', ...lines].join('\n').trim();
}

function rowText(row, answer, t) {
  if (!row.unit?.name || !row.task?.name)
    return readable(answer)
      .map(({ name }) => cellText(row[name], t))
      .join(' | ');
  const basis = t(row.implicit ? 'basis.implicit' : 'basis.explicit');
  return t('copy.row', { unit: row.unit.name, role: row.role_zh || row.role, basis, task: row.task.name });
}

function citation(evidence, t) {
  if (!evidence) return '';
  const { document, quote, start, end } = evidence;
  return t('copy.source', {
    quote: quote.trim(),
    document: document.name ?? document.id,
    date: t.date(document.issued_on),
    start,
    end,
  });
}
