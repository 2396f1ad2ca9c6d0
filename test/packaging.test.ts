/** What ships: the bundles that `npm run build -- --minify` leaves in dist, and the files of the VSIX. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { buildGraph } from '../server/src/linkIndex/strength/graph.ts';
import { pageRank } from '../server/src/linkIndex/strength.ts';
import { invariant } from './support/invariants.ts';
import { jsonOf, root } from './support/tree.ts';

interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly bytes: number; readonly inputs: Readonly<Record<string, unknown>> }>>;
}

/** Bytes, minified. */
const BUDGETS: Readonly<Record<string, number>> = { 'extension.cjs': 550_000, 'server.cjs': 1_300_000 };
const EDITOR = [
  'extension.cjs',
  'server.cjs',
  'indexWorker.cjs',
  'cacheWorker.cjs',
  'ingestWorker.cjs',
  'strengthWorker.cjs',
  'treeWorker.cjs',
  'report.js',
];
const ALL = [...EDITOR, 'cli.js'];

const SHIPPED = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'dist/cacheWorker.cjs',
  'dist/extension.cjs',
  'dist/indexWorker.cjs',
  'dist/ingestWorker.cjs',
  'dist/report.js',
  'dist/server.cjs',
  'dist/strengthWorker.cjs',
  'dist/treeWorker.cjs',
  'media/backlinks.svg',
  'media/icon.png',
  'media/report.css',
  'package.json',
  'package.nls.json',
];

describe('bundles', () => {
  for (const [file, budget] of Object.entries(BUDGETS)) {
    it(`${file} stays below ${budget / 1000} KB`, () => {
      assert.ok(bytesOf(file) <= budget, `${bytesOf(file)} bytes`);
    });
  }

  it('hold no cluster client', () => {
    assert.deepEqual(
      ALL.flatMap((file) => inputsOf(file).filter((input) => /node_modules\/(chdb|@clickhouse)\//.test(input))),
      [],
    );
  });

  it('of the extension host hold no HTTP library and nothing of the server', () => {
    assert.deepEqual(
      ['extension.cjs', 'report.js'].flatMap((file) =>
        inputsOf(file).filter((input) => /node_modules\/(undici|fastify|axios|got)\/|^server\//.test(input)),
      ),
      [],
    );
  });

  it('strengthWorker.cjs ranks as its source does', async () => {
    const graph = buildGraph(3, (visit) => {
      visit(0, 1);
      visit(1, 2);
      visit(0, 2);
    });
    const { signal } = new AbortController();
    const workerFile = path.join(root, 'dist/strengthWorker.cjs');
    assert.deepEqual(await pageRank(graph, signal, { threads: 2, workerFile }), await pageRank(graph, signal, { threads: 1 }));
  });

  invariant('The language server reads its index in a worker thread.', () =>
    inputsOf('server.cjs').filter((input) => input.startsWith('server/src/linkIndex/sqlite/')),
  );
});

describe('dependencies', () => {
  invariant('Client, server and protocol share one copy of `vscode-jsonrpc`.', () => {
    const places = Object.keys((jsonOf('package-lock.json') as { packages: Record<string, unknown> }).packages);
    return ['vscode-jsonrpc', 'vscode-languageserver-protocol', 'vscode-languageserver-types'].flatMap((name) => {
      const copies = places.filter((place) => place.endsWith(`node_modules/${name}`));
      return copies.length === 1 ? [] : [`${name}: ${copies.join(', ')}`];
    });
  });

  it('are pinned by integrity and name no registry', () => {
    for (const lock of [
      'package-lock.json',
      'scripts/runtime/node24/package-lock.json',
      'scripts/runtime/floor/package-lock.json',
      'test/host/harness/vscode/package-lock.json',
      'bench/peers/package-lock.json',
    ]) {
      const { packages } = jsonOf(lock) as { packages: Record<string, { link?: true; integrity?: string; resolved?: string }> };
      const loose = Object.entries(packages).filter(
        ([place, entry]) => place.includes('node_modules/') && entry.link !== true && entry.integrity === undefined,
      );
      assert.deepEqual(loose, [], lock);
      const named = Object.values(packages).flatMap(({ resolved }) => (resolved !== undefined && /^https?:/.test(resolved) ? [resolved] : []));
      assert.deepEqual(named, [], lock);
    }
  });
});

describe('the VSIX', () => {
  it('holds what ships and nothing else', () => {
    const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
    const files = execFileSync(process.execPath, [vsce, 'ls', '--no-dependencies'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .trim()
      .split('\n');
    const translations = files.filter((file) => /^(package\.nls\.[\w-]+|l10n\/bundle\.l10n(\.[\w-]+)?)\.json$/.test(file));
    assert.deepEqual(files.filter((file) => !translations.includes(file)).sort(), SHIPPED);
  });
});

function metaOf(file: string): Metafile['outputs'][string] {
  const output = (jsonOf(`out/meta/${file}.json`) as Metafile).outputs[`dist/${file}`];
  assert.ok(output, `out/meta/${file}.json says nothing of dist/${file}: npm run build`);
  return output;
}

function bytesOf(file: string): number {
  return metaOf(file).bytes;
}

function inputsOf(file: string): string[] {
  return Object.keys(metaOf(file).inputs);
}
