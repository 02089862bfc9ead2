/** The API counts code points, JavaScript counts UTF-16 units: they part ways at 𠮷 and emoji. */
export class CodePoints {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    // Only texts that hold a surrogate need the array; the rest keep plain string positions.
    this.points = /[\ud800-\udfff]/.test(text) ? Array.from(text) : null;
    this.length = this.points ? this.points.length : text.length;
  }

  /** The text between two code-point offsets. */
  slice(start, end = this.length) {
    return this.points ? this.points.slice(start, end).join('') : this.text.slice(start, end);
  }

  /** The character at a code-point offset. */
  at(index) {
    return (this.points ? this.points[index] : this.text[index]) ?? '';
  }
}

export const CONTEXT = 160;

/**
 * The lines a quote stands in, with up to one line more on both sides, never much longer than a screen.
 * @returns {{start: number, end: number, before: string, quote: string, after: string}} offsets in code points
 */
export function around(points, start, end, context = CONTEXT) {
  const low = Math.max(0, start - context);
  const high = Math.min(points.length, end + context);
  const from = edge(points, start - 1, low, -1);
  const to = edge(points, end, high, 1);
  return {
    start: from,
    end: to,
    before: points.slice(from, start),
    quote: points.slice(start, end),
    after: points.slice(end, to),
  };
}

/** Walks over at most one line break beyond the quote's own line, and stops at the limit. */
function edge(points, from, limit, step) {
  let breaks = 0;
  let at = from;
  for (; step < 0 ? at >= limit : at < limit; at += step) {
    if (points.at(at) === '\n' && ++breaks === 2) break;
  }
  return step < 0 ? at + 1 : at;
}

/** The sections open at an offset, outermost first: a heading closes all of its own level and below. */
export function breadcrumb(sections, offset) {
  const open = [];
  for (const section of [...sections].sort((a, b) => a.start - b.start)) {
    if (section.start > offset) break;
    while (open.length && open[open.length - 1].level >= section.level) open.pop();
    open.push(section);
  }
  return open;
}
