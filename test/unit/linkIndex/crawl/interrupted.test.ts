/** Crawls of sites made at random, stopped anywhere and gone on with: the archive is the one of a crawl that nobody stopped, in the same order. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Answer, answer, capturesOf, openBench, openSite, page, pagesAsked, plain, type Site } from './site.ts';

/** A page by the pages it links to, where it redirects to, or nothing. */
type Node = { readonly links: readonly number[] } | { readonly to: number } | null;

const SIZE = 25;
const number = fc.nat(SIZE - 1);
const node: fc.Arbitrary<Node> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ links: fc.array(number, { maxLength: 6 }) }) },
  { weight: 2, arbitrary: fc.record({ to: number }) },
  { weight: 1, arbitrary: fc.constant(null) },
);

function answerOf(one: Node): Answer {
  if (one === null) return answer(404, {});
  return 'to' in one ? answer(301, { location: `/n${one.to}` }) : page(...one.links.map((to) => `/n${to}`));
}

function siteOf(nodes: readonly Node[], inSitemap: readonly number[]): Record<string, Answer> {
  const sitemap = `<urlset>${inSitemap.map((to) => `<url><loc>/n${to}</loc></url>`).join('')}</urlset>`;
  return {
    '/': page('/n0', '/n1', '/n2'),
    '/sitemap.xml': answer(200, { 'content-type': 'application/xml' }, sitemap),
    ...Object.fromEntries(nodes.map((one, at) => [`/n${at}`, answerOf(one)])),
  };
}

describe('crawl, interrupted', function () {
  this.timeout(120_000);

  it('comes to the same archive, whatever the site and wherever it is stopped', async () => {
    const runs = { sites: 0, stops: 0, again: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(node, { minLength: SIZE, maxLength: SIZE }),
        fc.array(number, { maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 }),
        fc.constantFrom(undefined, 2),
        async (nodes, inSitemap, stops, depth) => {
          const site = await openSite(siteOf(nodes, inSitemap));
          try {
            const expected = await crawlThrough(site, [], depth);
            site.asked.length = 0;
            assert.deepEqual(await crawlThrough(site, stops, depth), expected);
            const asked = pagesAsked(site);
            runs.again = Math.max(runs.again, asked.length - new Set(asked).size);
            assert.ok(asked.length - new Set(asked).size <= 2 * stops.length, 'two at most were on their way at each stop');
            runs.sites++;
            runs.stops += stops.length;
          } finally {
            await site.close();
          }
        },
      ),
      { numRuns: 40, seed: 20261123 },
    );
    console.log(`      ${runs.sites} sites, stopped ${runs.stops} times, at most ${runs.again} URLs asked for again`);
  });

  it('ends, whatever two sites link to, lose, forbid or break, and keeps to its bounds', async () => {
    let crawls = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 4, arbitrary: node }, { weight: 1, arbitrary: fc.constant('breaks' as const) }), {
          minLength: SIZE,
          maxLength: SIZE,
        }),
        fc.record({
          depth: fc.option(fc.nat(4), { nil: undefined }),
          maxPages: fc.integer({ min: 1, max: 40 }),
          connections: fc.integer({ min: 1, max: 3 }),
        }),
        fc.array(number, { maxLength: 3 }),
        async (nodes, bounds, forbidden) => {
          const sites = [await openSite({}), await openSite({})];
          const bench = openBench();
          try {
            for (const site of sites) {
              const other = sites.find((one) => one !== site)?.origin ?? '';
              const across = (one: Node): Answer =>
                one !== null && 'links' in one ? page(...one.links.flatMap((to) => [`/n${to}`, `${other}/n${to}`])) : answerOf(one);
              const breaks: Answer = (_request, response) => void response.destroy();
              Object.assign(site.pages, {
                '/': page('/n0', `${other}/n1`),
                ...Object.fromEntries(nodes.map((one, at) => [`/n${at}`, one === 'breaks' ? breaks : across(one)])),
              });
              site.pages['/robots.txt'] = plain(`User-agent: *\n${forbidden.map((at) => `Disallow: /n${at}$`).join('\n')}`);
            }
            const { archives, counts } = await bench.crawl(
              sites.map(({ origin }) => `${origin}/`),
              { ...bounds, retryDelay: 1 },
            );
            const captures = await capturesOf(archives[0] ?? '');
            assert.equal(captures.filter((capture) => capture.startsWith('page ')).length, counts.pages);
            assert.ok(counts.pages <= bounds.maxPages);
            for (const site of sites) assert.ok(forbidden.every((at) => !site.asked.includes(`/n${at}`)));
            crawls++;
          } finally {
            bench.remove();
            await Promise.all(sites.map((site) => site.close()));
          }
        },
      ),
      { numRuns: 40, seed: 20261123 },
    );
    console.log(`      ${crawls} crawls`);
  });
});

/** Crawls, stopped after so many URLs each time, to the end. */
async function crawlThrough(site: Site, stops: readonly number[], depth: number | undefined): Promise<string[]> {
  const bench = openBench();
  try {
    for (const stop of stops) {
      const control = new AbortController();
      const onProgress = ({ fetched }: { fetched: number }): void => {
        if (fetched >= stop) control.abort();
      };
      await bench
        .crawl([`${site.origin}/`], { signal: control.signal, depth, onProgress })
        .catch((error: unknown) => assert.ok(control.signal.aborted, String(error)));
    }
    const { archives, problems } = await bench.crawl([`${site.origin}/`], { depth });
    assert.deepEqual(problems, []);
    return await capturesOf(archives[0] ?? '');
  } finally {
    bench.remove();
  }
}
