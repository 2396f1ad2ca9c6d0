/** Captures for tests: short forms for hand-written ones, and webs made up by a property test. */
import fc from 'fast-check';
import type { Capture, CrawledLink, CrawledPage } from '../../server/src/linkIndex/store.ts';
import { LINK_TAGS } from '../../shared/backlinks.ts';

export const DAY = 86_400_000;
/** 1 November 2026, noon. */
export const NOON = Date.UTC(2026, 10, 1, 12);

/** A followed text link. */
export function link(url: string, given: Partial<CrawledLink> = {}): CrawledLink {
  return { url, text: `to ${url}`, tag: 'a', position: 1, nofollow: false, rel: [], ...given };
}

/** A page whose links are numbered in their order. */
export function page(url: string, links: readonly (string | CrawledLink)[], given: Partial<CrawledPage> = {}): Capture {
  const numbered = links.map((one, at) => ({ ...(typeof one === 'string' ? link(one) : one), position: at + 1 }));
  return {
    kind: 'page',
    page: { url, title: `Title of ${url}`, capturedAt: NOON, ip: null, canonical: null, noindex: false, ...given, links: numbered },
  };
}

export function redirect(url: string, target: string, status = 301, capturedAt: number | null = NOON): Capture {
  return { kind: 'redirect', redirect: { url, target, status, capturedAt, ip: null } };
}

export function gone(url: string, status = 404, capturedAt: number | null = NOON): Capture {
  return { kind: 'gone', gone: { url, status, capturedAt } };
}

const HOSTS = [
  'a.com',
  'www.a.com',
  'blog.a.com',
  'old.blog.a.com',
  'blog.a.com.org',
  'b.org',
  'shop.co.uk',
  'me.github.io',
  'you.github.io',
  '127.0.0.1',
  '[::1]:8080',
  'localhost:3000',
  'a.com:8443',
  'xn--bcher-kva.de',
];
const PATHS = [
  '/',
  '/a',
  '/a/',
  '/a/b',
  '/a/b?x=1',
  '/a/b?utm_source=mail&x=1',
  '/A',
  '/%7Ejo',
  '/~jo',
  '/a/c#part',
  '/#!route',
  '/docs/',
  '/docs/x',
  '/docs0',
];

const url = fc
  .tuple(fc.constantFrom('https', 'http'), fc.constantFrom(...HOSTS), fc.constantFrom(...PATHS))
  .map(([scheme, host, path]) => `${scheme}://${host}${path}`);

const anyLink: fc.Arbitrary<CrawledLink> = fc.record({
  url,
  text: fc.constantFrom('', '[img]', 'here', 'read more', 'Ünïcode 漢字', 'a'),
  tag: fc.constantFrom(...LINK_TAGS.filter((tag) => tag !== 'redirect')),
  position: fc.constant(1),
  nofollow: fc.boolean(),
  rel: fc.constantFrom([], ['nofollow'], ['ugc', 'noopener']),
});

const time = fc.constantFrom(null, NOON, NOON + DAY, NOON - 400 * DAY);

const anyPage: fc.Arbitrary<Capture> = fc
  .record({
    url,
    links: fc.array(anyLink, { maxLength: 8 }),
    title: fc.constantFrom(null, 'T', '<b>漢</b>'),
    capturedAt: time,
    ip: fc.constantFrom(null, '192.0.2.7'),
  })
  .map(({ url, links, ...rest }) => page(url, links, rest));

const anyRedirect: fc.Arbitrary<Capture> = fc
  .tuple(url, url, fc.constantFrom(301, 302, 308), time)
  .map(([from, to, status, capturedAt]) => redirect(from, to, status, capturedAt));

/** A small web in which nearly everything collides with something. */
export const anyWeb: fc.Arbitrary<Capture[]> = fc.array(fc.oneof({ weight: 4, arbitrary: anyPage }, { weight: 1, arbitrary: anyRedirect }), {
  maxLength: 14,
});

const few = fc.constantFrom(
  'https://a.com/',
  'https://b.org/x',
  'http://www.b.org/x',
  'https://blog.a.com/',
  'https://a.com/y#z',
  'https://c.net/?q=1',
  'https://www.school.edu/',
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

const anyRecapture: fc.Arbitrary<Capture> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({
        url: few,
        links: fewLinks,
        title: fc.constantFrom(null, 'T', 'U'),
        capturedAt: time,
        ip: fc.constantFrom(null, '192.0.2.7', '192.0.2.8', '192.0.99.8', '198.51.100.9'),
        noindex: fc.constantFrom(false, false, false, true),
        canonical: fc.constantFrom(null, null, null, 'https://a.com/', 'https://b.org/x'),
        truncated: fc.constantFrom(undefined, undefined, true),
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

/** Every kind of target that the webs above can be asked for. */
export const TARGETS: readonly string[] = [
  ...HOSTS,
  ...HOSTS.flatMap((host) => [`${host}/`, `${host}/a/b?x=1`, `${host}/docs/*`, `${host}/*`]),
  'a.com/~jo',
  'old.blog.a.com/a',
  'unseen.net',
  'unseen.net/page',
  'unseen.net/*',
];
