/** Names become questions: what a person who picks a name most likely wants to know of it. */

/** @param {(key: string, values?: object) => string} t */
export function questionAbout({ label, name }, t) {
  return t(t.has(`ask.${label}`) ? `ask.${label}` : 'ask.other', { name });
}
