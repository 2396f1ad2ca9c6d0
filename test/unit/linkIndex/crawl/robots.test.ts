/** robots.txt: what its rules permit us, and what its absence means. */
import assert from 'node:assert/strict';
import { parseRobots } from '../../../../server/src/linkIndex/ingest/crawl/robots.ts';
import { type Answer, answer, openBench, openSite, page, pagesAsked, plain } from './site.ts';

const ORIGIN = 'https://a.org';

/** Text of a robots.txt, then paths that are allowed and paths that are not. */
const RULES: readonly (readonly [name: string, text: string, allowed: string, disallowed: string])[] = [
  ['nothing', '', '/ /a', ''],
  ['everything disallowed', 'User-agent: *\nDisallow: /', '', '/ /a'],
  ['an empty disallow', 'User-agent: *\nDisallow:', '/ /a', ''],
  ['the longest rule', 'User-agent: *\nDisallow: /a\nAllow: /a/b', '/b /a/b', '/a /a/c'],
  ['allow where rules are as long', 'User-agent: *\nDisallow: /a\nAllow: /a', '/a', ''],
  ['wildcards and ends', 'User-agent: *\nDisallow: /*.php$\nDisallow: /*?s=', '/a.php?x /b', '/a.php /b?s=1'],
  ['our own group before that for all', 'User-agent: *\nDisallow: /\n\nUser-agent: backlinklens\nDisallow: /x', '/ /y', '/x'],
  ['our name with a version', 'User-agent: BacklinkLens/1.0\nDisallow: /x', '/', '/x'],
  [
    'our group in two places',
    'User-agent: BacklinkLens\nDisallow: /x\nUser-agent: z\nDisallow: /\nUser-agent: BacklinkLens\nDisallow: /y',
    '/',
    '/x /y',
  ],
  ['several names for a group', 'User-agent: z\nUser-agent: BacklinkLens\nDisallow: /x', '/', '/x'],
  ['groups of others', 'User-agent: Googlebot\nDisallow: /', '/', ''],
  ['a name that only begins like ours', 'User-agent: BacklinkLensOther\nDisallow: /', '/', ''],
  ['a byte order mark, CR line ends, comments', '\ufeffUser-agent: * # all\rDisallow: /x # no\r', '/', '/x'],
  ['escapes', 'User-agent: *\nDisallow: /%7euser/\nDisallow: /ü', '/', '/~user/ /%C3%BC'],
  ['what is no robots.txt', '<!doctype html><title>Home</title><a href=/>Disallow: /</a>', '/ /a', ''],
];

describe('robots.txt', function () {
  this.timeout(30_000);

  for (const [name, text, allowed, disallowed] of RULES) {
    it(`obeys ${name}`, () => {
      const robots = parseRobots(ORIGIN, text);
      for (const path of allowed.split(' ').filter(Boolean)) assert.equal(robots.allows(ORIGIN + path), true, path);
      for (const path of disallowed.split(' ').filter(Boolean)) assert.equal(robots.allows(ORIGIN + path), false, path);
    });
  }

  it('reads crawl-delay, up to a minute, and sitemaps', () => {
    const delayOf = (text: string): number | null => parseRobots(ORIGIN, `User-agent: *\nCrawl-delay: ${text}`).delay;
    assert.deepEqual(['2', '0.5', '86400', '-1', 'soon', ''].map(delayOf), [2000, 500, 60_000, null, null, 0]);
    const { sitemaps } = parseRobots(ORIGIN, 'Sitemap: https://a.org/s.xml\nsitemap: /t.xml\nSitemap:\nSitemap: http://[');
    assert.deepEqual(sitemaps, ['https://a.org/s.xml', 'https://a.org/t.xml']);
  });

  it('is not brought down by a hostile one', () => {
    const agents = Array.from({ length: 20_000 }, (_, at) => `User-agent: a${at}`).join('\n');
    const rules = Array.from({ length: 20_000 }, (_, at) => `Disallow: /x${at}`).join('\n');
    assert.equal(parseRobots(ORIGIN, `${agents}\n${rules}\nUser-agent: *\nDisallow: /y`).allows(`${ORIGIN}/y`), false);
    // A line that long is cut: its rule keeps out more than it says, not less.
    const wild = parseRobots(ORIGIN, `User-agent: *\n${`Disallow: /${'*a'.repeat(1500)}b\n`.repeat(150)}`);
    assert.equal(wild.allows(`${ORIGIN}/${'a'.repeat(1900)}`), false);
    assert.equal(wild.allows(`${ORIGIN}/b`), false, 'past their measure, rules are cut at their first wildcard');
    const shop = parseRobots(ORIGIN, `User-agent: *\n${'Disallow: /*?filter=*\n'.repeat(1000)}`);
    assert.equal(shop.allows(`${ORIGIN}/shoes`), true);
    assert.equal(shop.allows(`${ORIGIN}/shoes?filter=red`), false);
  });

  /** The answer to /robots.txt, and what becomes of a site of two pages. */
  const ANSWERS: readonly (readonly [name: string, robots: Answer, asked: readonly string[], code: string | null])[] = [
    ['404', answer(404, {}), ['/', '/a'], null],
    ['403', answer(403, {}), ['/', '/a'], null],
    ['an HTML page with 200', page('/'), ['/', '/a'], null],
    ['500', answer(500, {}), [], 'crawl.unreachable'],
    ['429', answer(429, {}), [], 'crawl.throttled'],
    ['a connection that breaks', (_request, response) => void response.destroy(), [], 'crawl.unreachable'],
    ['rules that keep us out', plain('User-agent: *\nDisallow: /'), [], 'crawl.disallowed'],
    ['rules for a part', plain('User-agent: *\nDisallow: /a'), ['/'], null],
    ['a redirect', answer(301, { location: '/rules.txt' }), ['/'], null],
    ['redirects without end', answer(302, { location: '/robots.txt' }), ['/', '/a'], null],
    ['rules beyond 500 KiB', plain(`User-agent: *\n${'#\n'.repeat(256 << 10)}Disallow: /`), ['/', '/a'], null],
  ];
  for (const [name, robots, asked, code] of ANSWERS) {
    it(`takes ${name} as RFC 9309 says`, async () => {
      const bench = openBench();
      const site = await openSite({ '/': page('/a'), '/a': page(), '/robots.txt': robots, '/rules.txt': plain('User-agent: *\nDisallow: /a') });
      const { problems, archives } = await bench.crawl([`${site.origin}/`]);
      await site.close();
      bench.remove();
      assert.deepEqual(
        pagesAsked(site).filter((one) => one !== '/rules.txt'),
        asked,
      );
      assert.deepEqual(
        problems.map((problem) => problem.code),
        code === null ? [] : [code],
      );
      assert.equal(archives.length, asked.length === 0 ? 0 : 1);
    });
  }
});
