/** Node labels: broken by us, because a canvas breaks Chinese at the character grid and leaves lone characters. */

const WIDEST = 10; // characters of a full line
const LINES = 3;
const NEVER_FIRST = /^[，。、；：！？）》”’】〉〕…,.;:!?)\]%]/u;
const NEVER_LAST = /[（《“‘【〈〔(\[]$/u;
const BIDI = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const words = globalThis.Intl?.Segmenter ? new Intl.Segmenter('zh', { granularity: 'word' }) : null;

/** A name as one printable line: no control or direction marks, which a canvas cannot isolate. */
export function plain(text) {
  return String(text ?? '')
    .replace(BIDI, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** Width in Han characters: a Latin letter or digit is about half of one. */
export function width(text) {
  let sum = 0;
  for (const char of text) sum += char.codePointAt(0) < 0x2e80 ? 0.55 : 1;
  return sum;
}

/** Shortens to a width in Han characters, with an ellipsis. */
export function shorten(text, limit) {
  const line = plain(text);
  if (width(line) <= limit) return line;
  let kept = '';
  for (const char of line) {
    if (width(kept + char) > limit - 1) break;
    kept += char;
  }
  return `${kept}…`;
}

/** Words of the text that a line may end after: closing marks stay with what they close, opening ones with what follows. */
function atoms(text) {
  const found = [];
  const segments = words ? Array.from(words.segment(text), (part) => part.segment) : Array.from(text);
  for (const segment of segments) {
    const last = found.length - 1;
    if (last >= 0 && (NEVER_FIRST.test(segment) || NEVER_LAST.test(found[last]))) found[last] += segment;
    else found.push(segment);
  }
  return found.flatMap((atom) => (width(atom) > WIDEST ? Array.from(atom) : [atom]));
}

/** The label as balanced lines of at most ten Han characters, at most three, joined by line feeds. */
export function breakLabel(text, lines = LINES) {
  const line = shorten(text, lines * WIDEST - 1);
  const total = width(line);
  if (total <= WIDEST) return line;
  const wanted = Math.ceil(total / Math.ceil(total / WIDEST));
  const broken = [''];
  for (const atom of atoms(line)) {
    const current = broken[broken.length - 1];
    // Lines before the last end at the balanced width; what the last cannot hold is cut there.
    const room = broken.length < lines ? (width(current) >= wanted - 0.5 ? 0 : WIDEST) : Infinity;
    if (current && width(current + atom) > room) broken.push(atom);
    else broken[broken.length - 1] = current + atom;
  }
  return broken.map((part) => shorten(part, WIDEST)).join('\n');
}
