/** The same pages by WAT and by WARC: what the extractor's own tests say it finds in an archive of the data set, against our scan of it. */
import assert from 'node:assert/strict';
import type { CrawledPage } from '../../../server/src/linkIndex/store.ts';
import { itWithData } from '../../support/data.ts';
import { archiveFiles } from './archiveFiles.ts';
import { pages, readAll } from './readArchive.ts';
import { http, record } from './warcFixture.ts';
import { watRecord } from './watFixture.ts';

interface Extracted {
  readonly head?: unknown;
  /** Path and URL, and text or alt. */
  readonly links: readonly (readonly [path: string, url: string, text?: string])[];
}

const SITE = 'http://www.example.com/';
const VIDEO = 'https://www.facebook.com/facebook/videos/10153231379946729/';
const PROFILE = 'https://www.facebook.com/facebook/';

/**
 * What `ExtractingParseObserverTest` of commoncrawl/ia-web-commons expects of the pages of link-extraction-test.warc, in the order of the
 * documents and under the names that WAT has for it. Left out are `window.open` calls, which WAT tells like locations and we do not count.
 */
const EXTRACTED: Readonly<Record<string, Extracted>> = {
  [`${SITE}html4.html`]: {
    head: {
      Base: SITE,
      Title: 'Test XHTML Link Extraction',
      Metas: [{ 'http-equiv': 'Refresh', content: '5; URL=http://www.example.com/redirected.html' }],
    },
    links: [
      ['BODY@/background', 'background.jpg'],
      ['A@/href', 'http://www.example.com/a-href.html', 'A@/href'],
      ['A@/href', '#anchor', 'anchor only'],
      ['IMG@/src', 'image.png', 'IMG@/src'],
      ['IMG@/src', 'image.gif', 'IMG@/longdesc'],
      ['IMG@/longdesc', 'http://example.com/image-description.html#image.gif'],
      ['OBJECT@/data', 'helloworld.swf'],
      ['Q@/cite', 'http://www.example.com/shakespeare.html'],
      ['BLOCKQUOTE@/cite', 'http://www.example.com/shakespeare-long.html'],
    ],
  },
  [`${SITE}link-extraction-test-html5-video.html`]: {
    head: {
      Title: 'Test HTML5 Video Tag',
      Link: [
        { path: 'LINK@/href', url: 'http:///www.example.com/video.html', rel: 'canonical' },
        { path: 'LINK@/href', url: 'video.rss', rel: 'alternate', type: 'application/rss+xml' },
      ],
    },
    links: [
      ['VIDEO@/poster', 'https://archive.org/download/WebmVp8Vorbis/webmvp8.gif'],
      ['SOURCE@/src', 'https://archive.org/download/WebmVp8Vorbis/webmvp8.webm'],
    ],
  },
  [`${SITE}poor_html5.html`]: { head: { Title: 'Testing poor HTML5' }, links: [['A@/href', 'http://www.example.com/', 'link']] },
  [`${SITE}fb-video.html`]: {
    head: { Title: 'fb-video - Embedded Videos - Social Plugins' },
    links: [
      ['DIV@/data-href', VIDEO],
      ['BLOCKQUOTE@/cite', VIDEO],
      ['A@/href', VIDEO, 'How to Share With Just Friends'],
      ['A@/href', PROFILE, 'Facebook'],
    ],
  },
  [`${SITE}data-href.examples.html`]: {
    head: { Title: '', Link: [{ path: 'LINK@/href', url: 'standard.css', rel: 'stylesheet' }] },
    links: [
      ['DIV@/data-href', VIDEO],
      ['BLOCKQUOTE@/cite', VIDEO],
      ['A@/href', VIDEO, 'How to Share With Just Friends'],
      ['A@/href', PROFILE, 'Facebook'],
      ['SOURCE@/src', '//edge.flowplayer.org/bauhaus.webm'],
      ['BUTTON@/data-href', '//edge.flowplayer.org/functional.webm'],
      ['A@/href', '/content-page', 'Headline goes here.'],
      ['A@/href', '/tags/content', 'content'],
      ['A@/href', '/tags/headlines', 'headlines'],
      ['A@/data-href', 'http://codecanyon.net/user/CodingJack'],
      ['IMG@/src', 'jackbox/img/thumbs/4.jpg', 'responsive lightbox'],
      ['A@/data-href', '//venobox-destination'],
      ['A@/href', '#', 'venobox'],
      ['A@/href', '#', 'X'],
      ['IFRAME@/src', 'http://www.youtube.com/v/itTskyFLSS8&rel=0&autohide=1&showinfo=0'],
    ],
  },
  [`${SITE}fb-social-plugins.html`]: {
    links: [
      ['DIV@/data-uri', 'http://www.your-domain.com/your-page.html'],
      ['DIV@/data-href', 'https://www.facebook.com/zuck'],
      ['BLOCKQUOTE@/cite', 'https://www.facebook.com/facebook'],
      ['A@/href', 'https://www.facebook.com/facebook', 'Facebook'],
    ],
  },
  [`${SITE}link-extraction-test-onclick-attr.html`]: {
    head: { Title: 'Test Extraction of URLs from INPUT onClick Attributes' },
    links: [
      ['DIV@/onclick', 'webpage.html'],
      ['INPUT@/onclick', 'index.html'],
      ['INPUT@/onclick', 'http://example.com/location/href/1.html'],
      ['INPUT@/onclick', 'http://example.com/location/href/2.html'],
    ],
  },
  [`${SITE}link-extraction-test-unescaped-entities.xhtml`]: {
    head: {
      Base: SITE,
      Title: 'Title – "Title" written using character entities',
      Metas: [{ 'http-equiv': 'Refresh', content: '5; URL=http://www.example.com/redirected.html' }],
    },
    links: [
      ['STYLE/#text', '/view?id=logo&res=420x180'],
      ['A@/href', '/view?id=logo&action=edit', 'logo'],
      ['A@/href', 'http://www.example.com/search?q=examples&n=20', 'Examples & more'],
      ['IMG@/src', 'https://img.example.org/view?id=867&res=10x16', 'image URL containing escaped ampersand ("&amp;")'],
    ],
  },
  'http://example.org/cc/link-extraction-test-anchor-text.html': {
    head: { Title: 'Test Anchor Text Extraction With Whitespace' },
    links: [['A@/href', 'https://example.org/', 'Anchor text with white space character entities and HTML block elements']],
  },
};

describe('WAT against WARC', () => {
  const { onlyPage } = archiveFiles();
  const linesOf = ({ title, links }: CrawledPage): unknown[] => [
    title,
    ...links.map(({ position, tag, url, text }) => [position, tag, url, text].join(' ')),
  ];
  const byWat = (url: string, { head, links }: Extracted): Promise<CrawledPage> => {
    const named = links.map(([path, target, text]) => ({ path, url: target, [path.startsWith('IMG') ? 'alt' : 'text']: text }));
    return onlyPage(watRecord({ url, head, links: named }));
  };

  it('are equal for a page with every kind of link that both have', async () => {
    const html =
      '<title>All</title><meta http-equiv=refresh content="9; url=/r"><a href=/1> one\n1 </a><a href="/2"><img src=i alt="two"></a>' +
      '<form action=/f></form><iframe src=/i></iframe><map><area href=/m></map><div onclick="location.href=\'/d\'"></div><a href=/3 rel=ugc>three</a>';
    const wat = await byWat('https://b.org/', {
      head: { Title: 'All', Metas: [{ 'http-equiv': 'refresh', content: '9; url=/r' }] },
      links: [
        ['A@/href', '/1', 'one 1'],
        ['IMG@/src', 'i', 'two'],
        ['A@/href', '/2'],
        ['FORM@/action', '/f'],
        ['IFRAME@/src', '/i'],
        ['AREA@/href', '/m'],
        ['DIV@/onclick', '/d'],
        ['A@/href', '/3', 'three'],
      ],
    });
    assert.deepEqual(linesOf(wat), linesOf(await onlyPage(record(http(html)))));
    assert.equal(wat.links.length, 8);
  });

  itWithData('are equal for the pages of the extractor’s own tests', 'warc/commoncrawl__ia-web-commons__link-extraction-test.warc', async (file) => {
    let links = 0;
    for (const page of pages((await readAll(file)).captures)) {
      const extracted = EXTRACTED[page.url];
      assert.ok(extracted, page.url);
      const wat = await byWat(page.url, extracted);
      assert.deepEqual(linesOf(wat), linesOf(page), page.url);
      assert.deepEqual([wat.canonical, wat.noindex], [page.canonical, page.noindex]);
      links += wat.links.length;
    }
    assert.equal(links, 23);
  });
});
