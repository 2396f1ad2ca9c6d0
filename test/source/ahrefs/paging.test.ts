/** Rows of Ahrefs, which has neither offsets nor cursors: to the end without gaps or repeats, whatever its filter and plan do. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createAhrefsSource } from '../../../server/src/sources/ahrefs/source.ts';
import { pages } from '../../../server/src/sources/pager.ts';
import type { Source } from '../../../server/src/sources/source.ts';
import { PAGE_LIMITS } from '../../../shared/backlinks.ts';
import { never, overMock } from '../over.ts';
import { BIG, json, linkOf, target, type WireRequest } from '../world.ts';
import { ahrefs, isRows, KEY, rowOf, table, tableOf } from './world.ts';

const parametersOf = ({ path }: WireRequest) => new URL(path, 'http://host').searchParams;

async function readAll(source: Source, limit: number): Promise<readonly string[]> {
  const read: string[] = [];
  for await (const page of pages(source, target(BIG), { limit, maxRows: 10_000, internal: 'exclude' }, never())) {
    read.push(...page.rows.map(({ sourceUrl, anchorText }) => `${sourceUrl} ${anchorText}`));
  }
  return read;
}

describe('Ahrefs: pages of rows', () => {
  const over = overMock(createAhrefsSource, KEY);

  it('always asks for live links, each for itself, and never for the history', () =>
    over(ahrefs(), async (source, wire) => {
      await readAll(source, 250);
      for (const request of wire.requests) {
        const parameters = parametersOf(request);
        assert.deepEqual([parameters.get('history'), parameters.get('aggregation'), parameters.get('offset')], ['live', 'all', null]);
        assert.ok(Number(parameters.get('limit')) <= 101);
      }
    }));

  it('reads a target to the end with one call for each hundred rows', () =>
    over(ahrefs(), async (source, wire) => {
      assert.equal((await readAll(source, 250)).length, 533);
      // 250 as 100 + 100 + 50, 250 likewise, 33: the last is short.
      assert.deepEqual(
        wire.requests.map((request) => Number(parametersOf(request).get('limit'))),
        [100, 101, 51, 101, 101, 51, 101],
      );
    }));

  it('does not take a reply that is as long as the smallest plan permits for the end', () => {
    const plan = (request: WireRequest) => {
      const parameters = parametersOf(request);
      parameters.set('limit', String(Math.min(100, Number(parameters.get('limit')))));
      return isRows(request) ? table(tableOf(BIG, 'subdomains'), parameters) : null;
    };
    return over(ahrefs(plan), async (source) => {
      assert.equal(new Set(await readAll(source, 250)).size, 533);
    });
  });

  it('gives each link of a page that has several, also where a page of rows ends between them', () => {
    // Twelve links on each of thirty pages, all of one rating; some are alike to the letter.
    const many = Array.from({ length: 360 }, (_, n) => ({
      ...rowOf(linkOf(BIG, 1)),
      url_from: `https://many.com/${Math.floor(n / 12)}`,
      anchor: `link ${Math.min(n % 12, 9)}`,
    }));
    return over(
      ahrefs((request) => (isRows(request) ? table(many, parametersOf(request)) : null)),
      async (source) => {
        for (const limit of [10, 25, 50, 100, 250]) {
          const read = await readAll(source, limit);
          assert.deepEqual(read.toSorted(), many.map((link) => `${link.url_from} ${link.anchor}`).toSorted(), `${limit} at a time`);
        }
      },
    );
  });

  it('begins at the top again where the filter does not find the last row', () => {
    // Ratings are sent rounded and compared exactly: no row is "equal" to the last one.
    const exact = tableOf(BIG, 'subdomains').map((link, n) => ({ ...link, url_rating_source: 100 - n / 8 }));
    const rounded = (request: WireRequest) => {
      if (!isRows(request)) return null;
      const reply = JSON.parse(table(exact, parametersOf(request)).body) as { backlinks: { url_rating_source: number }[] };
      return json({ backlinks: reply.backlinks.map((link) => ({ ...link, url_rating_source: Math.ceil(link.url_rating_source) })) });
    };
    return over(ahrefs(rounded), async (source) => {
      assert.equal(new Set(await readAll(source, 50)).size, 533);
    });
  });

  it('says so where the place is lost again beyond what one call gives', () => {
    const forgetful = (request: WireRequest) => {
      const first = !parametersOf(request).has('where');
      const limit = Number(parametersOf(request).get('limit'));
      const links = Array.from({ length: Math.min(limit, 1000) }, (_, n) => ({ ...rowOf(linkOf(BIG, n)), url_from: `https://a.com/${first}/${n}` }));
      return isRows(request) ? json({ backlinks: links }) : null;
    };
    return over(ahrefs(forgetful), async (source) => {
      const far = source.rows(target(BIG), { limit: 250, offset: 1000, internal: 'exclude' }, never());
      await assert.rejects(far, /lost the place in the rows of much-linked-site\.com twice/);
    });
  });

  it('reads the links of a page that has more of them than one call gives', () => {
    const links = Array.from({ length: 460 }, (_, n) => ({ ...rowOf(linkOf(BIG, 1)), url_to: `https://${BIG}/${n % 90}`, anchor: `link ${n}` }));
    const plan = (request: WireRequest) => {
      const parameters = parametersOf(request);
      parameters.set('limit', String(Math.min(100, Number(parameters.get('limit')))));
      return isRows(request) ? table(links, parameters) : null;
    };
    return over(ahrefs(plan), async (source) => {
      for (const limit of [10, 250]) assert.equal(new Set(await readAll(source, limit)).size, 460);
    });
  });

  it('says so where more links are alike than one call gives', () => {
    const alike = Array.from({ length: 300 }, () => rowOf(linkOf(BIG, 1)));
    const plan = (request: WireRequest) => {
      const parameters = parametersOf(request);
      parameters.set('limit', String(Math.min(100, Number(parameters.get('limit')))));
      return isRows(request) ? table(alike, parameters) : null;
    };
    return over(ahrefs(plan), async (source) => {
      await assert.rejects(readAll(source, 250), /lost the place/);
    });
  });

  it('reads any table to the end once, in order, whatever its ties and the plan', async () => {
    const link = fc.record({ page: fc.nat(40), rating: fc.constantFrom(0, 0.4, 1, 7, 7.5, 100), anchor: fc.constantFrom('a', 'b', '') });
    const tables = fc.array(link, { maxLength: 420, size: 'max' });
    await fc.assert(
      fc.asyncProperty(tables, fc.constantFrom(...PAGE_LIMITS), fc.constantFrom(100, 250, 1000), async (links, limit, plan) => {
        // One rating a page: it is the page's.
        const ratings = new Map(links.map(({ page, rating }) => [page, rating]));
        const rows = links.map(({ page, anchor }) => ({
          ...rowOf(linkOf(BIG, 1)),
          url_from: `https://a.com/${page}`,
          url_rating_source: ratings.get(page),
          anchor,
        }));
        const handler = ahrefs((request) => {
          const parameters = parametersOf(request);
          parameters.set('limit', String(Math.min(plan, Number(parameters.get('limit')))));
          return isRows(request) ? table(rows, parameters) : null;
        });
        await over(handler, async (source) => {
          const read = await readAll(source, limit);
          assert.deepEqual(read.toSorted(), rows.map((row) => `${row.url_from} ${row.anchor}`).toSorted());
          const order = read.map((text) => ratings.get(Number(/\/(\d+) /.exec(text)?.[1])) ?? Number.NaN);
          assert.deepEqual(
            order,
            order.toSorted((a, b) => b - a),
          );
        });
      }),
      { numRuns: 40 },
    );
  });
});
