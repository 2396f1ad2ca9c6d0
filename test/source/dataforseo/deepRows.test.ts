/** Rows beyond the 20,000th, where DataForSEO takes tokens only: read on, jumped to, and after a token was lost. */
import assert from 'node:assert/strict';
import { pages } from '../../../server/src/sources/pager.ts';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';
import { json, linkOf, target, type WireReply, type WireRequest } from '../world.ts';
import { over } from './support.ts';
import { dataForSeo, done, envelope, price, refused, wireRow } from './world.ts';

const TOTAL = 22_533;
const HUGE = target('hugely-linked-site.com');
const never = () => new AbortController().signal;
const at = (offset: number, limit = 250) => ({ limit, offset, internal: 'exclude' as const });

/** Rows with tokens as documented: whoever continues has to repeat the rest of the question. */
function hugeSite(isLost: (token: string) => boolean = () => false) {
  const questions = new Map<string, string>();
  return (request: WireRequest): WireReply | null => {
    const [{ search_after_token: token, ...question } = {}] = JSON.parse(request.body) as Record<string, unknown>[];
    const { limit, offset } = question as { limit: number; offset: number };
    if (offset > 20_000) return json(envelope([refused(40501, "Invalid Field: 'offset'.")]));
    if (typeof token === 'string' && (isLost(token) || questions.get(token) !== JSON.stringify(question))) {
      return json(envelope([refused(40501, "Invalid Field: 'search_after_token'.")]));
    }
    const start = typeof token === 'string' ? Number(token.split(' ')[1]) : offset;
    const length = Math.max(0, Math.min(limit, TOTAL - start));
    const items = Array.from({ length }, (_, n) => wireRow({ ...linkOf(HUGE.name, start + n), strength: 1 }));
    const next = length === limit ? `after ${start + limit}` : null;
    if (next !== null) questions.set(next, JSON.stringify(question));
    return json(envelope([done({ total_count: TOTAL, items_count: length, items, search_after_token: next }, price(length))]));
  };
}

const numbers = (rows: readonly { readonly sourceUrl: string }[]) => rows.map(({ sourceUrl }) => Number(sourceUrl.split('/').at(-1)));

describe('DataForSEO beyond row 20,000', () => {
  it('reads to the end without gaps or repeats, one call a thousand rows', async () => {
    await over(dataForSeo(hugeSite()), async ({ source, tasks }) => {
      const seen: number[] = [];
      for await (const page of pages(source, HUGE, { limit: 250, maxRows: 100_000, internal: 'exclude' }, never())) {
        assert.equal(page.total, TOTAL);
        seen.push(...numbers(page.rows));
      }
      assert.deepEqual(
        seen,
        Array.from({ length: TOTAL }, (_, n) => n),
      );
      assert.equal(tasks().length, Math.ceil(TOTAL / 1000));
      const deep = tasks().slice(-3);
      assert.deepEqual(
        deep.map((task) => [task['offset'], task['limit'], task['search_after_token']]),
        [
          [20_000, 1000, undefined],
          [20_000, 1000, 'after 21000'],
          [20_000, 1000, 'after 22000'],
        ],
      );
    });
  }).timeout(30_000);

  it('jumps there by walking, and steps back without asking again', async () => {
    await over(dataForSeo(hugeSite()), async ({ source, requests }) => {
      const far = await source.rows(HUGE, at(22_500), never());
      assert.deepEqual([numbers(far.rows)[0], far.rows.length, requests.length], [22_500, 33, 3]);
      assert.equal(numbers((await source.rows(HUGE, at(22_250), never())).rows)[0], 22_250);
      assert.equal(requests.length, 3, 'the same stretch');
      assert.equal(numbers((await source.rows(HUGE, at(21_000, 100), never())).rows)[0], 21_000);
      assert.equal(requests.length, 4, 'its token is still known');
    });
  });

  it('does not walk beyond the end', async () => {
    await over(dataForSeo(hugeSite()), async ({ source, requests }) => {
      const page = await source.rows(HUGE, at(1_000_000), never());
      assert.deepEqual([page.rows, page.total, requests.length], [[], TOTAL, 1]);
    });
  });

  it('begins at row 20,000 again when a token is no longer taken', async () => {
    const lost = new Set<string>();
    await over(dataForSeo(hugeSite((token) => lost.has(token))), async ({ source }) => {
      await source.rows(HUGE, at(20_000), never());
      lost.add('after 21000');
      await assert.rejects(source.rows(HUGE, at(21_000), never()), (error) => BacklinkLensError.is(error, 'source.refused-target'));
      lost.clear();
      assert.equal(numbers((await source.rows(HUGE, at(21_000), never())).rows)[0], 21_000);
    });
  });

  it('does not take it for the end where a token brings nothing of what is counted', async () => {
    const site = hugeSite();
    const forgetful = (request: WireRequest) =>
      request.body.includes('search_after_token')
        ? json(envelope([done({ total_count: TOTAL, items_count: 0, items: [] }, price(0))]))
        : site(request);
    await over(dataForSeo(forgetful), async ({ source }) => {
      await source.rows(HUGE, at(20_750), never());
      await assert.rejects(
        source.rows(HUGE, at(21_000), never()),
        (error) => BacklinkLensError.is(error, 'source.bad-reply') && /after the 21000th though it counts 22533/.test(error.message),
      );
    });
  });

  it('keeps other questions apart, and forgets the one asked longest ago', async () => {
    await over(dataForSeo(hugeSite()), async ({ source, requests }) => {
      const sites = Array.from({ length: 5 }, (_, n) => target(`huge-${n}.com`));
      for (const site of sites) await source.rows(site, at(20_000), never());
      await source.rows(sites[4] ?? HUGE, { ...at(20_250), internal: 'include' }, never());
      assert.equal(requests.length, 6);
      await source.rows(sites[3] ?? HUGE, at(20_250), never());
      assert.equal(requests.length, 6);
      await source.rows(sites[0] ?? HUGE, at(20_250), never());
      assert.equal(requests.length, 7);
    });
  });

  it('stops walking when it is cancelled', async () => {
    const controller = new AbortController();
    const site = hugeSite();
    const cancelling = (request: WireRequest) => {
      controller.abort();
      return site(request);
    };
    await over(dataForSeo(cancelling), async ({ source, requests }) => {
      await assert.rejects(source.rows(HUGE, at(22_000), controller.signal));
      assert.equal(requests.length, 1);
    });
  });
});
