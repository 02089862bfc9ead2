/** Asks the worker for positions, so that no layout ever stops the page. */

const SOURCE = new URL('./layout-worker.js', import.meta.url);

/** A page of another origin may not start our worker by address, but may start one of its own that imports it. */
function startWorker() {
  if (SOURCE.origin === globalThis.location.origin) return new Worker(SOURCE, { type: 'module' });
  const blob = URL.createObjectURL(new Blob([`import ${JSON.stringify(SOURCE.href)};`], { type: 'text/javascript' }));
  const worker = new Worker(blob, { type: 'module' });
  URL.revokeObjectURL(blob);
  return worker;
}

export class Layout {
  #worker = null;
  #waiting = new Map();
  #number = 0;

  /** Positions for a job of force.js; a worker that cannot start (a host's CSP) costs speed, not the picture. */
  async place(job) {
    try {
      return await this.#ask(job);
    } catch {
      this.close();
      return (await import('./force.js')).place(job);
    }
  }

  #ask(job) {
    return new Promise((resolve, reject) => {
      this.#worker ??= this.#start();
      const number = ++this.#number;
      this.#waiting.set(number, { resolve, reject });
      this.#worker.postMessage({ number, job });
    });
  }

  #start() {
    const worker = startWorker();
    worker.onmessage = ({ data }) => {
      this.#waiting.get(data.number)?.resolve(data.positions);
      this.#waiting.delete(data.number);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      for (const { reject } of this.#waiting.values()) reject(new Error(event.message || 'worker'));
      this.#waiting.clear();
    };
    return worker;
  }

  /** Frees the worker; a later `place` starts another. */
  close() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#waiting.clear();
  }
}
