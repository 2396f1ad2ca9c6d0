import assert from 'node:assert/strict';
import { createSource, whyNoSource } from '../../../server/src/sources/registry.ts';
import { readEndpoint } from '../../../server/src/sources/searchmetrics/endpoint.ts';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';
import { silentLog } from '../../../server/src/util/log.ts';
import { readSettings } from '../../../shared/settings.ts';
import { fakeClock, target } from '../facts/support.ts';

const parts = {
  transport: { request: () => assert.fail('nothing is sent at start-up'), close: async () => {} },
  credentials: {},
  openIndex: () => assert.fail('nothing is opened at start-up'),
  log: silentLog,
  clock: () => 0,
};

describe('source registry', () => {
  const CASES = [
    [{ source: 'none' }, null, null],
    [{ source: 'index', 'index.path': '' }, null, 'backlinkLens.index.path'],
    [{ source: 'index', 'index.path': '/nowhere/web.db' }, 'index', null],
    [{ source: 'searchmetrics' }, null, 'backlinkLens.searchmetrics.endpoint'],
    [{ source: 'searchmetrics', 'searchmetrics.endpoint': 'ftp://api.service.com' }, null, 'backlinkLens.searchmetrics.endpoint'],
    [{ source: 'searchmetrics', 'searchmetrics.endpoint': 'https://api.service.com/v3/' }, 'searchmetrics', null],
    [{}, null, 'backlinkLens.index.path'],
  ] as const;
  for (const [section, id, setting] of CASES) {
    it(`${JSON.stringify(section)} gives ${id ?? `none${setting === null ? '' : `, for want of ${setting}`}`}`, () => {
      const settings = readSettings(section);
      assert.equal(createSource(settings, parts)?.capabilities.id ?? null, id);
      const why = whyNoSource(settings);
      assert.equal(why?.setting ?? null, setting);
      if (why !== null) assert.ok(why.message.includes(why.setting));
    });
  }

  it('counts an endpoint as remote unless it is on this machine', () => {
    for (const [endpoint, remote] of [
      ['https://api.service.com', true],
      ['http://192.168.1.7:8080', true],
      ['http://127.0.0.1.service.com', true],
      ['http://localhost.service.com', true],
      ['http://127.0.0.1:8080', false],
      ['http://127.1:8080', false],
      ['http://localhost:8080/', false],
      ['http://[::1]:8080', false],
      ['http://[0:0:0:0:0:0:0:1]', false],
    ] as const) {
      const source = createSource(readSettings({ source: 'searchmetrics', 'searchmetrics.endpoint': endpoint }), parts);
      assert.equal(source?.capabilities.remote, remote, endpoint);
    }
  });

  it('reads endpoints as people write them', () => {
    for (const [text, base] of [
      ['https://api.service.com', 'https://api.service.com'],
      [' https://api.service.com/ ', 'https://api.service.com'],
      ['https://api.service.com/v3', 'https://api.service.com'],
      ['https://api.service.com/links/v3/', 'https://api.service.com/links'],
      ['https://api.service.com/v4/', 'https://api.service.com'],
      ['HTTP://API.Service.com:80/', 'http://api.service.com'],
    ] as const) {
      const read = readEndpoint(text);
      assert.deepEqual(read.ok ? [read.base, read.version] : null, [base, text.includes('v4') ? 'v4' : 'v3']);
    }
    for (const text of [
      '',
      'api.service.com',
      'https://key:secret@api.service.com',
      'https://api.service.com/?key=1',
      'https://api.service.com/#a',
      'file:///etc',
    ]) {
      const read = readEndpoint(text);
      assert.ok(!read.ok && !/secret@/.test(read.message), text);
    }
  });

  it('keeps each source to its own limit: the calls wait for their turn', async () => {
    const clock = fakeClock();
    let sent = 0;
    const transport = {
      async request() {
        sent++;
        return { status: 200, headers: {}, text: '{}' };
      },
      close: async () => {},
    };
    const settings = readSettings({ source: 'majestic' });
    const source = createSource(settings, {
      ...parts,
      transport,
      credentials: { majestic: { id: '', secret: 'key' } },
      clock: () => clock.now(),
      after: (...alarm) => clock.after(...alarm),
    });
    assert.ok(source?.capabilities.rate);
    const { calls, milliseconds } = source.capabilities.rate;
    const page = { limit: 10, offset: 0, internal: 'exclude' } as const;
    const asked = Array.from({ length: calls + 2 }, () => source.rows(target('some-site.com'), page, new AbortController().signal).catch(() => null));
    await clock.advance(milliseconds - 1);
    assert.equal(sent, calls);
    await clock.advance(1);
    assert.equal(sent, calls + 2);
    await Promise.all(asked);
  });

  it('leaves a missing index to the first question', async () => {
    const missing = new BacklinkLensError('index.missing', 'There is no index at /nowhere/web.db.');
    const source = createSource(readSettings({ source: 'index', 'index.path': '/nowhere/web.db' }), {
      ...parts,
      openIndex: () => Promise.reject(missing),
    });
    assert.ok(source !== null);
    await assert.rejects(source.info(new AbortController().signal), missing);
    await source.close();
  });
});
