/** Settings of window and folders, client traits, and the runner behind every request. */
import assert from 'node:assert/strict';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { readFolders, readHttp, readLocale, readOptions, readTraits } from '../../../server/src/lsp/clientTraits.ts';
import { createConfiguration } from '../../../server/src/lsp/configuration.ts';
import { createRunner, FAIL } from '../../../server/src/lsp/runner.ts';
import { readEditorHabits } from '../../../server/src/service/editorHabits.ts';
import type { CancellationTokenLike } from '../../../server/src/util/cancellation.ts';
import { BacklinkLensError, sourceError } from '../../../server/src/util/errors.ts';
import { silentLog } from '../../../server/src/util/log.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';

describe('what the editor does by itself', () => {
  const CASES: readonly [section: unknown, checksFiles: boolean, movesLinks: boolean][] = [
    [{ validate: { enabled: true } }, true, false],
    [{ validate: { enabled: true, fileLinks: { enabled: 'warning' } } }, true, false],
    [{ validate: { enabled: true, fileLinks: { enabled: 'ignore' } } }, false, false],
    [{ validate: { enabled: false, fileLinks: { enabled: 'warning' } } }, false, false],
    [{ updateLinksOnFileMove: { enabled: 'prompt' } }, false, true],
    [{ updateLinksOnFileMove: { enabled: 'always' } }, false, true],
    [{ updateLinksOnFileMove: { enabled: 'never' } }, false, false],
    [{ validate: 5, updateLinksOnFileMove: null }, false, false],
    [null, false, false],
  ];
  for (const [section, checksFiles, movesLinks] of CASES) {
    it(JSON.stringify(section), () => assert.deepEqual(readEditorHabits(section), { checksFiles, movesLinks }));
  }
});

describe('configuration', () => {
  it('gives a document the settings of its innermost folder, and the window’s outside all', async () => {
    const asked: (readonly (string | null)[])[] = [];
    const configuration = createConfiguration({
      pull: async (scopes, section) => {
        if (section === 'markdown') return scopes.map((scope) => (scope === 'file:///wide' ? { validate: { enabled: true } } : {}));
        if (section === 'files.exclude')
          return scopes.map((scope) => (scope === 'file:///wide' ? { 'old/**': true, '**/*.bak': false, x: {} } : null));
        asked.push(scopes);
        return scopes.map((scope, index) => ({ siteUrl: scope ?? 'window', maxRows: index }));
      },
      initial: { siteUrl: 'initial' },
      trusted: true,
    });
    assert.equal(configuration.get('file:///w/a.md').siteUrl, 'initial');
    await configuration.refresh(['file:///w', 'file:///w/sub/', 'file:///wide']);
    const sites = ['file:///w/a.md', 'file:///w/sub/a.md', 'file:///wider/a.md', 'file:///w', null].map((uri) => configuration.get(uri).siteUrl);
    assert.deepEqual(sites, ['file:///w', 'file:///w/sub/', 'window', 'file:///w', 'window']);
    assert.deepEqual(asked, [[null, 'file:///w', 'file:///w/sub/', 'file:///wide']]);
    assert.deepEqual(
      ['file:///w/a.md', 'file:///wide/a.md', null].map((uri) => configuration.habits(uri).checksFiles),
      [false, true, false],
    );
    assert.deepEqual([configuration.excluded('file:///wide'), configuration.excluded('file:///w')], [['old/**'], []]);
    configuration.push({ siteUrl: 'pushed' });
    assert.equal(configuration.get(null).siteUrl, 'window');
  });

  it('leaves paths, endpoints and remote sources alone in Restricted Mode', () => {
    const initial = {
      source: 'ahrefs',
      'index.path': '/x.db',
      'ranks.path': '/r.db',
      'searchmetrics.endpoint': 'https://x.net',
      endpoints: { ahrefs: 'https://z.net' },
      caFile: '/ca.pem',
      siteUrl: 'https://y.net',
    };
    const untrusted = (section: unknown) => createConfiguration({ pull: null, initial: section, trusted: false }).get(null);
    assert.deepEqual(untrusted(initial), { ...DEFAULT_SETTINGS, source: 'none', siteUrl: 'https://y.net' });
    assert.deepEqual(
      ['searchmetrics', 'dataforseo', 'index', 'ranks'].map((source) => untrusted({ source }).source),
      ['none', 'none', 'index', 'ranks'],
    );
  });
});

describe('what clients hand over', () => {
  it('is read whatever it is', () => {
    assert.deepEqual(
      [undefined, null, 5, 'x', []].map(readOptions).map((options) => options.locale),
      [undefined, undefined, undefined, undefined, undefined],
    );
    assert.equal(readTraits({ capabilities: {} } as never).pullsDiagnostics, false);
    assert.deepEqual(
      [readLocale('de-CH', 'en'), readLocale(undefined, 'fr'), readLocale('not a tag', undefined), readLocale('x-unknown')],
      ['de-CH', 'fr', 'en', 'en'],
    );
    assert.deepEqual(readFolders({ workspaceFolders: null, rootUri: 'file:///r' }), ['file:///r']);
    assert.deepEqual(readFolders({ workspaceFolders: null }), []);
    assert.deepEqual(readFolders({ workspaceFolders: [{ uri: 'file:///a', name: 'a' }], rootUri: 'file:///r' }), ['file:///a']);
  });

  const https: readonly [settings: unknown, expected: ReturnType<typeof readHttp>][] = [
    [null, null],
    [{ backlinkLens: {} }, null],
    [{ http: 5 }, null],
    [
      { http: { proxy: 'http://p:1', noProxy: ['a', 5], proxyStrictSSL: false, systemCertificates: true, proxyAuthorization: 'Basic eA==' } },
      { proxy: 'http://p:1', noProxy: ['a'], strictSSL: false, systemCertificates: true, proxyAuthorization: 'Basic eA==' },
    ],
    [{ http: { proxy: 'http://p:1', proxySupport: 'off' } }, { noProxy: ['*'], strictSSL: undefined, systemCertificates: undefined }],
    [
      { http: { proxy: '', proxyAuthorization: 7, proxyStrictSSL: 'no' } },
      { proxy: undefined, proxyAuthorization: undefined, noProxy: undefined, strictSSL: undefined, systemCertificates: undefined },
    ],
  ];
  for (const [settings, expected] of https) it(`proxy settings: ${JSON.stringify(settings)}`, () => assert.deepEqual(readHttp(settings), expected));
});

describe('the runner', () => {
  const errors: string[] = [];
  const run = createRunner({ ...silentLog, error: (message) => errors.push(message) });
  const never: CancellationTokenLike = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose() {} }) };
  const rejected = async (body: () => unknown): Promise<ResponseError<{ code: string }>> => {
    const error = await run('it', never, FAIL, body).catch((reason: unknown) => reason);
    assert.ok(error instanceof ResponseError);
    return error;
  };

  it('hands over what was found', async () => assert.equal(await run('it', never, 0, () => 5), 5));

  it('answers harmlessly, and logs, what was not foreseen', async () => {
    assert.equal(
      await run('it', never, 7, () => {
        throw new TypeError('oops');
      }),
      7,
    );
    assert.match(errors.pop() ?? '', /^it failed: TypeError: oops/);
  });

  it('hands on the codes of failures that we know', async () => {
    const failed = await rejected(() => {
      throw sourceError('throttled', 'wait');
    });
    assert.deepEqual([failed.code, failed.message, failed.data?.code], [LSPErrorCodes.RequestFailed, 'wait', 'source.throttled']);
    const internal = await rejected(() => {
      throw new Error('secret detail');
    });
    assert.deepEqual([internal.data?.code, internal.message.includes('secret')], ['internal', false]);
    assert.ok(BacklinkLensError.is(sourceError('auth', 'x'), 'source.auth'));
  });

  it('turns a cancelled token into an aborted signal, and its abort into a cancelled request', async () => {
    const listeners: (() => void)[] = [];
    let disposed = 0;
    const token: CancellationTokenLike = {
      isCancellationRequested: false,
      onCancellationRequested(listener) {
        listeners.push(listener);
        return { dispose: () => void disposed++ };
      },
    };
    const running = run(
      'it',
      token,
      0,
      async (signal) => new Promise<number>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    for (const listener of listeners) listener();
    await assert.rejects(running, (error: ResponseError<void>) => error.code === LSPErrorCodes.RequestCancelled);
    assert.equal(disposed, 1);
    await assert.rejects(
      run('it', { ...never, isCancellationRequested: true }, 0, (signal) => {
        signal.throwIfAborted();
        return 1;
      }),
    );
  });
});
