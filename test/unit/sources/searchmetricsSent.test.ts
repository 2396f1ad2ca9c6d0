import assert from 'node:assert/strict';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';
import { target } from '../facts/support.ts';
import { isToken, NO_ROWS, never, PAGE, reasonOf, reply, setup, token } from './contractDouble.ts';

describe('searchmetrics: what is sent', () => {
  const rowsOf = async (text: string, endpoint?: string) => {
    const { source, asked } = setup((one) => (isToken(one) ? token('t') : NO_ROWS), endpoint === undefined ? {} : { endpoint });
    const error = await source.rows(target(text), PAGE, never()).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    const call = asked.find((one) => !isToken(one));
    return { error, url: call === undefined ? null : new URL(call.path, 'http://x').searchParams.get('url'), asked };
  };

  for (const [text, sent] of [
    ['site.com', 'site.com'],
    ['blog.site.com', 'blog.site.com'],
    ['https://www.site.com', 'site.com'],
    ['https://site.com/', 'site.com/'],
    ['https://site.com/a?b=c&d=é#part', 'site.com/a?b=c&d=%C3%A9'],
    ['https://user:word@site.com/a', 'site.com/a'],
    ['https://site.com:8443/a', 'site.com:8443/a'],
    ['https://www.site.com/a?utm_source=x&b=c&gclid=1', 'www.site.com/a?b=c'],
    ['https://site.com?', 'site.com/'],
    ['https://site.com/a&limit=250', 'site.com/a&limit=250'],
  ] as const) {
    it(`${text} goes out as ${sent}`, async () => assert.equal((await rowsOf(text)).url, sent));
  }

  for (const text of [
    'http://10.0.0.1/',
    'intranet',
    'https://wiki.corp/',
    'site.test',
    'https://site.com/?access_token=abcdef0123456789',
    'site.com/docs/*',
    'https://site.com/app#!/deep',
  ]) {
    it(`${text} never goes to a remote endpoint`, async () => {
      const { error, asked } = await rowsOf(text);
      assert.equal(reasonOf(error), 'refused-target');
      assert.deepEqual(
        asked.filter((one) => !isToken(one)),
        [],
      );
    });
  }

  it('private hosts go to an endpoint on this machine', async () =>
    assert.equal((await rowsOf('http://10.0.0.1/', 'http://localhost:8080')).url, '10.0.0.1/'));

  it('leaves a private target out of a batch and answers the others', async () => {
    const { source, asked } = setup((one) => (isToken(one) ? token('t') : reply({ response: [{ target: 'a.com', backlinks: 4 }] })));
    const results = await source.summaries([target('10.0.0.1'), target('a.com')], never());
    assert.deepEqual(
      results.map((result) => ('summary' in result ? result.summary.backlinks : result.error.reason)),
      ['refused-target', 4],
    );
    assert.deepEqual(
      asked.filter((one) => !isToken(one)).map((one) => one.body),
      ['{"targets":["a.com"]}'],
    );
  });

  it('names internal links only when they are asked for', async () => {
    const { source, asked } = setup((one) => (isToken(one) ? token('t') : NO_ROWS));
    await source.rows(target('a.com'), { ...PAGE, internal: 'include' }, never());
    await source.rows(target('a.com'), { limit: 25, offset: 50, internal: 'exclude' }, never());
    assert.deepEqual(
      asked.filter((one) => !isToken(one)).map((one) => one.path),
      [
        '/v3/ResearchLinksGetListBacklinks.json?url=a.com&limit=10&offset=0&internal=include',
        '/v3/ResearchLinksGetListBacklinks.json?url=a.com&limit=25&offset=50',
      ],
    );
  });

  it('refuses limits and offsets that the contract does not permit, before it sends', async () => {
    const { source, asked } = setup(() => NO_ROWS);
    for (const [limit, offset] of [
      [7, 0],
      [0, 0],
      [25, 10],
      [10, -10],
      [10, 0.5],
    ] as const) {
      await assert.rejects(source.rows(target('a.com'), { limit, offset, internal: 'exclude' }, never()), (error) =>
        BacklinkLensError.is(error, 'usage.invalid'),
      );
    }
    assert.deepEqual(asked, []);
  });
});
