/** Captures for tests of what recaptures do: a handful of pages, found again and again and in every way. */
import fc from 'fast-check';
import type { Capture, CrawledLink } from '../../../server/src/linkIndex/store.ts';
import { DAY, NOON, page, redirect } from '../../store/captures.ts';

const few = fc.constantFrom(
  'https://a.com/',
  'https://b.org/x',
  'http://www.b.org/x',
  'https://blog.a.com/',
  'https://a.com/y#z',
  'https://c.net/?q=1',
);

const fewLinks: fc.Arbitrary<CrawledLink[]> = fc.array(
  fc.record({
    url: few,
    text: fc.constantFrom('here', ''),
    tag: fc.constantFrom('a' as const, 'iframe' as const),
    position: fc.constant(1),
    nofollow: fc.boolean(),
    rel: fc.constantFrom([], ['ugc']),
  }),
  { maxLength: 6 },
);

const time = fc.constantFrom(null, NOON, NOON + DAY, NOON - 400 * DAY);

const anyRecapture: fc.Arbitrary<Capture> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({
        url: few,
        links: fewLinks,
        title: fc.constantFrom(null, 'T', 'U'),
        capturedAt: time,
        ip: fc.constantFrom(null, '192.0.2.7', '192.0.2.8'),
        noindex: fc.constantFrom(false, false, false, true),
        canonical: fc.constantFrom(null, null, null, 'https://a.com/', 'https://b.org/x'),
      })
      .map(({ url, links, ...rest }) => page(url, links, rest)),
  },
  { weight: 1, arbitrary: fc.tuple(few, few, fc.constantFrom(301, 302), time).map(([from, to, status, at]) => redirect(from, to, status, at)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(few, fc.constantFrom(404, 410), time)
      .map(([url, status, capturedAt]): Capture => ({ kind: 'gone', gone: { url, status, capturedAt } })),
  },
  { weight: 1, arbitrary: fc.tuple(few, time).map(([url, capturedAt]): Capture => ({ kind: 'unchanged', unchanged: { url, capturedAt } })) },
  {
    weight: 1,
    arbitrary: fc
      .record({
        sourceUrl: few,
        sourceTitle: fc.constantFrom(null, 'L'),
        link: fewLinks.filter(({ length }) => length > 0).map(([first]) => ({ ...(first as CrawledLink), position: null, nofollow: null })),
        firstSeen: time,
        lastSeen: time,
        lost: fc.constantFrom(null, null, { at: NOON, reason: 'unknown' as const }),
        externalLinks: fc.constantFrom(null, 7),
        score: fc.constantFrom(
          null,
          { name: 'UR', value: 31, scale: 100, of: 'page' as const },
          { name: 'DR', value: 5, scale: 100, of: 'domain' as const },
        ),
      })
      .map((listed): Capture => ({ kind: 'listed', listed })),
  },
);

/** What one input has of a handful of pages, captured again and again and in every way. */
export const anyHistory: fc.Arbitrary<Capture[]> = fc.array(anyRecapture, { maxLength: 8 });
