/** What the page shows, as an address that can be sent to a colleague. Broken addresses show the nearest sensible thing. */

/**
 * `?q=QUESTION&row=2&lang=en` asks a question; `#doc=ID&s=120-148` lays a document over it, `#documents` the list.
 * @returns {{question: string, row: number, lang: string, view: 'ask'|'document'|'documents', document: string,
 *   span: {start: number, end: number} | null}}
 */
export function parse(location) {
  const query = new URLSearchParams(location.search);
  const hash = new URLSearchParams(location.hash.slice(1));
  const document = hash.get('doc') ?? '';
  return {
    question: (query.get('q') ?? '').trim().slice(0, 500),
    row: Math.max(0, Number.parseInt(query.get('row') ?? '', 10) || 0),
    lang: query.get('lang') ?? '',
    view: document ? 'document' : hash.has('documents') ? 'documents' : 'ask',
    document,
    span: parseSpan(hash.get('s')),
  };
}

function parseSpan(text) {
  const [, start, end] = /^(\d{1,9})-(\d{1,9})$/.exec(text ?? '') ?? [];
  return start !== undefined && Number(start) < Number(end) ? { start: Number(start), end: Number(end) } : null;
}

/** The address of a state, relative to the page. */
export function format({ question = '', row = 0, lang = '', view = 'ask', document = '', span = null }) {
  const query = new URLSearchParams();
  if (question) query.set('q', question);
  if (question && row) query.set('row', String(row));
  if (lang) query.set('lang', lang);
  const search = query.toString();
  return `${search ? `?${search}` : './'}${hashOf({ view, document, span })}`;
}

function hashOf({ view, document, span }) {
  if (view === 'documents') return '#documents';
  if (view !== 'document') return '';
  return `#doc=${encodeURIComponent(document)}${span ? `&s=${span.start}-${span.end}` : ''}`;
}
