/**
 * The bundles: everything that ships, and the host suites. Each writes its metafile to out/meta, which the architecture test reads.
 * `npm run build` calls this; `--minify` is what the package uses.
 */
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { writeCountries } from './scripts/countries.mjs';
import { writePage } from './scripts/page.mjs';
import { writeSample } from './scripts/sample.mjs';

const root = import.meta.dirname;

/** CommonJS has no import.meta: its three members are put back from CommonJS's own words. */
const importMetaForCjs = {
  define: { 'import.meta.url': '__importMetaUrl', 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
  banner: { js: "const __importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
};

/**
 * The part of undici that the transport uses. Its index would bring a second fetch, WebSocket, mocks and caches (twice the size), and put a
 * dispatcher of its own onto globalThis.
 */
const slimUndici = {
  name: 'slim-undici',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^undici$/ }, () => ({ path: 'undici', namespace: 'slim' }));
    onLoad({ filter: /^undici$/, namespace: 'slim' }, () => ({
      resolveDir: root,
      contents: `
        Object.assign(require('undici/lib/dispatcher/dispatcher.js').prototype, require('undici/lib/api'));
        exports.Agent = require('undici/lib/dispatcher/agent.js');
        exports.Pool = require('undici/lib/dispatcher/pool.js');
        exports.ProxyAgent = require('undici/lib/dispatcher/proxy-agent.js');`,
    }));
  },
};

/** Of the manifest a program needs what `server/src/util/version.ts` says; the rest, 30 KB of settings and their sentences, stays out. */
const slimManifest = {
  name: 'slim-manifest',
  setup({ onLoad }) {
    const manifest = path.join(root, 'package.json');
    onLoad({ filter: /package\.json$/ }, (args) => {
      if (args.path !== manifest) return undefined;
      const { version, homepage } = JSON.parse(fs.readFileSync(manifest, 'utf8'));
      return { contents: JSON.stringify({ version, homepage }), loader: 'json' };
    });
  },
};

const node = { platform: 'node', target: 'node22.19', format: 'cjs', plugins: [slimUndici, slimManifest], ...importMetaForCjs };

/** Name of the file in dist, its entry, and what differs. The editor's bundles never hold the cluster client. */
const BUNDLES = [
  { file: 'extension.cjs', entry: 'client/src/extension.ts', options: { ...node, external: ['vscode'] } },
  { file: 'server.cjs', entry: 'server/src/main.ts', options: node },
  { file: 'indexWorker.cjs', entry: 'server/src/linkIndex/readWorker.ts', options: node },
  { file: 'serviceWorker.cjs', entry: 'server/src/commands/serveReader.ts', options: node },
  { file: 'cacheWorker.cjs', entry: 'server/src/facts/disk/cacheWorker.ts', options: node },
  { file: 'keysWorker.cjs', entry: 'server/src/api/access/keysWorker.ts', options: node },
  { file: 'ingestWorker.cjs', entry: 'server/src/linkIndex/ingest/worker.ts', options: node },
  { file: 'strengthWorker.cjs', entry: 'server/src/linkIndex/strength/rankWorker.ts', options: node },
  { file: 'treeWorker.cjs', entry: 'server/src/linkIndex/sqlite/build/treeWorker.ts', options: node },
  { file: 'report.js', entry: 'client/src/report/webview/main.ts', options: { platform: 'browser', target: 'chrome128', format: 'iife' } },
  {
    file: 'page/page.js',
    entry: 'client/src/browser/main.ts',
    options: { platform: 'browser', target: ['chrome111', 'firefox115', 'safari16.4'], format: 'iife', charset: 'utf8' },
  },
  {
    file: 'page/page.css',
    entry: 'client/src/browser/page.css',
    options: { platform: 'browser', target: ['chrome111', 'firefox115', 'safari16.4'], charset: 'utf8' },
  },
  {
    file: 'cli.js',
    entry: 'server/src/cli.ts',
    options: { platform: 'node', target: 'node22.19', format: 'esm', plugins: [slimUndici, slimManifest] },
  },
];

/** Installed apart, where they are wanted: never bundled. */
const NEVER_BUNDLED = ['chdb', 'chdb/*', '@clickhouse/*'];

/**
 * Builds every bundle into dist.
 *
 * @param minify what the package ships
 * @param strict a missing entry is an error, not a warning
 * @returns bytes by file name
 */
export async function buildAll({ minify = false, strict = Boolean(process.env.CI) } = {}) {
  const present = BUNDLES.filter(({ entry }) => fs.existsSync(path.join(root, entry)));
  const missing = BUNDLES.filter((bundle) => !present.includes(bundle)).map(({ entry }) => entry);
  if (missing.length > 0 && strict) throw new Error(`no such entry: ${missing.join(', ')}`);
  if (missing.length > 0) console.warn(`not built, no such entry: ${missing.join(', ')}`);
  const sizes = await Promise.all(present.map((bundle) => buildOne(bundle, minify)));
  copyCountries();
  writePage(root);
  writeSample(root, path.join(root, 'dist/sample.json'));
  return Object.fromEntries(sizes);
}

/** The service's page alone: a tenth of a second, for whoever works on it. */
export async function buildPage({ minify = false } = {}) {
  await Promise.all(BUNDLES.filter(({ file }) => file.startsWith('page/')).map((bundle) => buildOne(bundle, minify)));
  writePage(root);
}

async function buildOne({ file, entry, options }, minify) {
  const { metafile } = await build({
    absWorkingDir: root,
    bundle: true,
    entryPoints: [entry],
    outfile: `dist/${file}`,
    minify,
    sourcemap: minify ? false : 'linked',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    // Prefer the ESM builds of dependencies: some offer only those a bundler can follow.
    mainFields: options.platform === 'browser' ? ['browser', 'module', 'main'] : ['module', 'main'],
    ...options,
    external: [...NEVER_BUNDLED, ...(options.external ?? [])],
    ...(options.format === 'esm' ? { banner: { js: esmBanner(entry) } } : {}),
  });
  writeMeta(file, metafile);
  if (file === 'cli.js') fs.chmodSync(path.join(root, 'dist', file), 0o755);
  return [file, metafile.outputs[`dist/${file}`].bytes];
}

/** An ES module that bundles CommonJS packages needs their words; the first line makes it a program. */
function esmBanner(entry) {
  const own = fs.readFileSync(path.join(root, entry), 'utf8').startsWith('#!');
  return [
    ...(own ? [] : ['#!/usr/bin/env node']),
    "import { createRequire as __createRequire } from 'node:module';",
    'const require = __createRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;',
  ].join('\n');
}

/** The host suites, one file each: test/host/index.ts finds them beside itself. Mocha and vscode are given by their surroundings. */
export async function buildHostSuites() {
  const suites = fs.readdirSync(path.join(root, 'test/host'), { recursive: true }).map(String);
  const entries = suites
    .filter((name) => name.endsWith('.host.ts') && !name.startsWith('harness'))
    .map((name) => `test/host/${name.replaceAll('\\', '/')}`);
  fs.rmSync(path.join(root, 'out/host'), { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    bundle: true,
    entryPoints: ['test/host/index.ts', ...entries],
    outdir: 'out/host',
    outbase: 'test/host',
    outExtension: { '.js': '.cjs' },
    sourcemap: 'inline',
    logLevel: 'warning',
    ...node,
    external: ['vscode', 'mocha', ...NEVER_BUNDLED],
  });
  return entries.length;
}

function writeMeta(file, metafile) {
  const place = path.join(root, 'out/meta', `${file}.json`);
  fs.mkdirSync(path.dirname(place), { recursive: true });
  fs.writeFileSync(place, JSON.stringify(metafile));
}

/**
 * The country database beside the command line, for whoever runs dist without node_modules; 7.8 MB, so that the VSIX has a table of half a megabyte
 * made from it.
 */
function copyCountries() {
  const folder = path.join(root, 'node_modules/@ip-location-db/geo-whois-asn-country-mmdb');
  const file = 'geo-whois-asn-country.mmdb';
  if (!fs.existsSync(path.join(folder, file))) return;
  fs.cpSync(path.join(folder, file), path.join(root, 'dist/country.mmdb'), { preserveTimestamps: true });
  writeCountries(path.join(folder, file), path.join(root, 'dist/countries.bin'));
}

if (process.argv[1] === import.meta.filename) {
  const sizes = await buildAll({ minify: process.argv.includes('--minify') });
  for (const [file, bytes] of Object.entries(sizes)) console.log(`${(bytes / 1024).toFixed(0).padStart(6)} KB  dist/${file}`);
}
