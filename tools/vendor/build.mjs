// Bundles the page's third-party code into service/web/vendor and writes VENDOR.json (versions, licences, SHA-256)
// and LICENSES.txt. Run: npm ci && npm run build. The outcome is committed; `npm run build -- --check` only compares.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const HERE = dirname(fileURLToPath(import.meta.url));
const WEB = join(HERE, '../../service/web/vendor');
const TESTS = join(HERE, '../../tests/browser/vendor');

// One bundle a line: what it exports, and the packages whose code ends up in it.
const BUNDLES = [
  { file: 'cytoscape.js', entry: `export { default } from 'cytoscape';`, packages: ['cytoscape'] },
  {
    file: 'd3-force.js',
    entry: `export { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';`,
    packages: ['d3-force', 'd3-dispatch', 'd3-quadtree', 'd3-timer'],
  },
  {
    file: 'lit.js',
    entry: `export { LitElement, css, html, nothing } from 'lit';
      export { classMap } from 'lit/directives/class-map.js';`,
    packages: ['lit', 'lit-element', 'lit-html', '@lit/reactive-element'],
  },
];
const COPIES = [{ from: 'axe-core/axe.min.js', file: 'axe.min.js', packages: ['axe-core'] }];

const modules = join(HERE, 'node_modules');
const sha256 = (data) => createHash('sha256').update(data).digest('hex');
const about = (name) => JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'));
const licences = new Map();

function credit(names) {
  return names.map((name) => {
    const { version, license } = about(name);
    licences.set(name, `${name} ${version} (${license})\n\n${readFileSync(join(modules, name, 'LICENSE'), 'utf8').trim()}\n`);
    return { name, version, license };
  });
}

async function bundled({ file, entry, packages }) {
  const result = await build({
    stdin: { contents: entry, resolveDir: HERE },
    bundle: true, write: false, format: 'esm', minify: true, target: 'es2022', legalComments: 'none', charset: 'utf8',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return { file, data: Buffer.from(result.outputFiles[0].contents), packages: credit(packages) };
}

const shipped = await Promise.all(BUNDLES.map(bundled));
const text = [...licences.keys()].sort().map((name) => licences.get(name)).join(`\n${'-'.repeat(79)}\n\n`);
const copied = COPIES.map(({ from, file, packages }) => ({ file, data: readFileSync(join(modules, from)), packages: credit(packages) }));

const manifest = (files) =>
  `${JSON.stringify({ files: files.map(({ file, data, packages }) => ({ file, sha256: sha256(data), packages })) }, null, 2)}\n`;
const outcome = [
  ...shipped.map(({ file, data }) => [join(WEB, file), data]),
  [join(WEB, 'VENDOR.json'), manifest(shipped)],
  [join(WEB, 'LICENSES.txt'), text],
  ...copied.map(({ file, data }) => [join(TESTS, file), data]),
  [join(TESTS, 'VENDOR.json'), manifest(copied)],
];

for (const [path, data] of outcome) {
  if (process.argv.includes('--check')) {
    if (!readFileSync(path).equals(Buffer.from(data))) throw new Error(`${path} is not what build.mjs makes: run npm run build`);
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, data);
  }
}
