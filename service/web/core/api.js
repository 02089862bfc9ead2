/** The REST service as the page sees it: JSON in, JSON out, one kind of error. */

const PATIENCE = 20_000;

/** What went wrong, in the service's own words where it had any. `code` is stable. */
export class ApiError extends Error {
  constructor({ code, status = 0, title = '', detail = '', requestId = '' }) {
    super(detail || title || code);
    Object.assign(this, { name: 'ApiError', code, status, title, detail, requestId });
  }
}

export class Api {
  #known = new Map();

  /**
   * @param {string} base address of `/api/v1`
   * @param {{getToken?: () => string | undefined | Promise<string | undefined>, language?: () => string}} [caller]
   *   an API key, asked for at each request and never kept in an attribute or address; the language errors are told in
   */
  constructor(base, caller = {}) {
    this.base = base.replace(/\/+$/, '');
    this.caller = caller;
  }

  /** The address of a call; empty parameters are left out. */
  url(path, params = {}) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(params)) {
      for (const one of [value].flat()) if (one !== undefined && one !== null && one !== '') query.append(name, String(one));
    }
    const text = query.toString();
    return `${this.base}${path}${text ? `?${text}` : ''}`;
  }

  async get(path, params, signal) {
    const response = await this.#fetch(this.url(path, params), signal);
    const body = await response.json().catch(() => null);
    if (response.ok && body !== null) return body;
    throw new ApiError({
      code: body?.code ?? (response.ok ? 'bad-answer' : `http-${response.status}`),
      status: response.status,
      title: body?.title,
      detail: body?.detail,
      requestId: body?.request_id ?? response.headers.get('x-request-id') ?? '',
    });
  }

  async #fetch(url, signal) {
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), PATIENCE);
    const stop = () => timeout.abort();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await fetch(url, { headers: await this.#headers(), signal: timeout.signal });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new ApiError({ code: timeout.signal.aborted ? 'timeout' : 'unreachable', detail: String(error.message ?? error) });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  }

  async #headers() {
    const token = await this.caller.getToken?.();
    const language = this.caller.language?.();
    return {
      accept: 'application/json',
      ...(language ? { 'accept-language': language } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    };
  }

  /** Like `get`, but asked once: for the ontology and the texts of documents. A failure is not remembered. */
  once(path) {
    if (!this.#known.has(path)) {
      const answer = this.get(path);
      answer.catch(() => this.#known.delete(path));
      this.#known.set(path, answer);
    }
    return this.#known.get(path);
  }

  ontology() {
    return this.once('/ontology');
  }
  documentText(id) {
    return this.once(`/documents/${encodeURIComponent(id)}/text`);
  }
  document(id) {
    return this.get(`/documents/${encodeURIComponent(id)}`);
  }
  node(id) {
    return this.get(`/nodes/${encodeURIComponent(id)}`);
  }
  neighbours(id, params) {
    return this.get(`/nodes/${encodeURIComponent(id)}/neighbours`, params);
  }
}

/** Whether an error is only a request we took back ourselves. */
export function isAbort(error) {
  return error?.name === 'AbortError';
}
