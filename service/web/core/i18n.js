/** The page's own words. Data (names, sentences) is never translated. */
import en from '../i18n/en.js';
import zh from '../i18n/zh-CN.js';

export const LANGUAGES = { 'zh-CN': zh, en };
export const DEFAULT_LANGUAGE = 'zh-CN';

/** The dictionary's tag for whatever a browser or an attribute says: `zh`, `zh-Hans`, `en-GB` … */
export function languageOf(tag) {
  return String(tag ?? '')
    .toLowerCase()
    .startsWith('en')
    ? 'en'
    : DEFAULT_LANGUAGE;
}

const made = new Map();

/** `t(key, {name: value})`; an unknown key shows itself, so that it is seen and mended. One function a language. */
export function translator(tag) {
  const lang = languageOf(tag);
  if (!made.has(lang)) made.set(lang, make(lang));
  return made.get(lang);
}

function make(lang) {
  const words = LANGUAGES[lang];
  const t = (key, values = {}) =>
    (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  t.lang = lang;
  t.short = lang === 'en' ? 'en' : 'zh';
  t.has = (key) => key in words;
  t.number = (value) => new Intl.NumberFormat(t.lang).format(value);
  t.date = (iso) => formatDate(iso, t.lang);
  return t;
}

function formatDate(iso, lang) {
  if (!/^\d{4}-\d{2}-\d{2}/.test(iso ?? '')) return iso ?? '';
  const [year, month, day] = iso.slice(0, 10).split('-').map(Number);
  if (lang === 'zh-CN') return `${year}年${month}月${day}日`;
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, day));
}
