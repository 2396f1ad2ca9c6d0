/** What ships: the bundles that `npm run build -- --minify` leaves in dist, and the files of the VSIX. */
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { LookupFunction } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { Server as ProxyServer } from 'proxy-chain';
import { openKeyFile } from '../server/src/api/access/keyFile.ts';
import { openLedgerInThread } from '../server/src/api/access/ledgerThread.ts';
import { createDiskCache } from '../server/src/facts/diskCache.ts';
import { buildIndexInWorker } from '../server/src/linkIndex/ingest/runInWorker.ts';
import { startGeneration } from '../server/src/linkIndex/sqlite/generationWriter.ts';
import { buildGraph } from '../server/src/linkIndex/strength/graph.ts';
import { pageRank } from '../server/src/linkIndex/strength.ts';
import { systemClock } from '../server/src/util/clock.ts';
import { silentLog } from '../server/src/util/log.ts';
import { writeInputs } from './fixtures/linkIndex/crashWriter.ts';
import { makeAuthority } from './support/certificates.ts';
import { temporaryFolder } from './support/folders.ts';
import { invariant } from './support/invariants.ts';
import { listen } from './support/listen.ts';
import { jsonOf, root } from './support/tree.ts';
import { summary, targets } from './unit/facts/support.ts';
import { rowsOf } from './unit/linkIndex/support.ts';
import { contentOf, integrityOf } from './unit/linkIndex/tables.ts';
import { pageRecord } from './unit/linkIndex/warcFixture.ts';

interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly bytes: number; readonly inputs: Readonly<Record<string, unknown>> }>>;
}

/** Bytes, minified. */
const BUDGETS: Readonly<Record<string, number>> = { 'extension.cjs': 620_000, 'server.cjs': 1_550_000 };
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
const ALL = [...EDITOR, 'cli.js', 'keysWorker.cjs', 'serviceWorker.cjs'];

const SHIPPED = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'dist/cacheWorker.cjs',
  'dist/countries.bin',
  'dist/extension.cjs',
  'dist/indexWorker.cjs',
  'dist/ingestWorker.cjs',
  'dist/report.js',
  'dist/sample.json',
  'dist/server.cjs',
  'dist/strengthWorker.cjs',
  'dist/treeWorker.cjs',
  'media/backlinks.svg',
  'media/icon.png',
  'media/report.css',
  'media/walkthrough/ask.svg',
  'media/walkthrough/open.svg',
  'media/walkthrough/report.svg',
  'media/walkthrough/source.svg',
  'package.json',
  'package.nls.json',
];

const toThisMachine: LookupFunction = (_, options, callback) => {
  if (options.all === true) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};

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

  it('ingestWorker.cjs knows the country of an address by the table that ships beside it', async () => {
    const { folder, remove } = temporaryFolder('packaged');
    try {
      for (const file of SHIPPED.filter((name) => name.startsWith('dist/')))
        copyFileSync(path.join(root, file), path.join(folder, path.basename(file)));
      const archive = path.join(folder, 'one.warc');
      writeFileSync(archive, pageRecord('https://b.org/', ['https://a.com/'], { ip: '8.8.8.8' }));
      const out = path.join(folder, 'web.db');
      await buildIndexInWorker({ out, inputs: [archive], workerFile: path.join(folder, 'ingestWorker.cjs') });
      const [row] = (await rowsOf(out, 'a.com')).rows;
      assert.deepEqual([row?.ip, row?.countryCode, row?.country, row?.city], ['8.8.8.8', 'US', 'United States', null]);
    } finally {
      remove();
    }
  });

  it('cli.js goes out through a proxy, to a server whose authority it is told: the part of undici in it is all that is needed', async () => {
    const { folder, remove } = temporaryFolder('packaging');
    const authority = makeAuthority();
    const { cert, key } = authority.issue(['ranks.links-service.com']);
    const server = createServer({ cert, key }, (_, response) => response.end('1\t3.4E7\t3\t0.005\tcom.big\t3\n'));
    const port = await listen(server);
    const proxy = new ProxyServer({ port: 0, host: '127.0.0.1', prepareRequestFunction: () => ({ dnsLookup: toThisMachine as never }) });
    await proxy.listen();
    writeFileSync(path.join(folder, 'ca.pem'), authority.cert);
    const input = `https://ranks.links-service.com:${port}/cc-main-2026-mar-apr-may-domain-ranks.txt`;
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [path.join(root, 'dist/cli.js'), 'index', 'build', 'ranks.db', input], {
        cwd: folder,
        env: { ...process.env, HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: '', NODE_EXTRA_CA_CERTS: path.join(folder, 'ca.pem') },
      });
      assert.match(stdout, /^the ranks of 1 domains in /);
      assert.ok(proxy.stats.connectRequestCount > 0);
    } finally {
      await proxy.close(true);
      server.closeAllConnections();
      server.close();
      remove();
    }
  }).timeout(30_000);

  it('cacheWorker.cjs keeps what its source reads', async () => {
    const { folder, remove } = temporaryFolder('cache');
    const parts = { folder, clock: systemClock, log: silentLog };
    const [fact] = targets(1).map((one) => ({ target: one, summary: summary(one, 7), at: Date.now(), generation: 'g' }));
    assert.ok(fact);
    const kept = createDiskCache({ ...parts, workerFile: path.join(root, 'dist/cacheWorker.cjs') });
    kept.keepFacts('a', [fact]);
    await kept.close();
    const read = createDiskCache({ ...parts, workerFile: path.join(root, 'server/src/facts/disk/cacheWorker.ts') });
    assert.deepEqual(await read.facts('a', [fact.target]), [fact]);
    await read.close();
    remove();
  });

  it('keysWorker.cjs holds the keys of a service', async () => {
    const { folder, remove } = temporaryFolder('packaged');
    const file = path.join(folder, 'keys');
    openKeyFile(file, { create: true }).close();
    const ledger = await openLedgerInThread(file, path.join(root, 'dist/keysWorker.cjs'));
    assert.deepEqual(await ledger.ask({ method: 'take', token: 'x', credits: 1, now: 0 }), { refused: 'unknown' });
    await ledger.close();
    remove();
  });

  it('treeWorker.cjs writes as its source does', async () => {
    const { folder, remove } = temporaryFolder('packaging');
    try {
      const workerFile = path.join(root, 'dist/treeWorker.cjs');
      for (const threads of [1, 2]) {
        const out = path.join(folder, `${threads}.db`);
        await writeInputs(
          startGeneration(out, () => ({ countryCode: null, country: null, city: null }), 0, { threads, threadedFrom: 0, workerFile }),
          0,
          2,
        );
        assert.equal(integrityOf(out), 'ok');
      }
      assert.equal(contentOf(path.join(folder, '2.db')), contentOf(path.join(folder, '1.db')));
    } finally {
      remove();
    }
  });

  invariant('The language server reads its index in a worker thread.', () =>
    inputsOf('server.cjs').filter((input) => input.startsWith('server/src/linkIndex/sqlite/') || input === 'server/src/util/sqlite.ts'),
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
