/** CSV exports: which vendor's they are, whatever their columns' order, delimiter, encoding and age; and what their rows say. */
import assert from 'node:assert/strict';
import { csvReader } from '../../../server/src/linkIndex/ingest/csv/reader.ts';
import type { ListedLink } from '../../../server/src/linkIndex/store.ts';
import { day, listedOf, memorySource, readInput } from './listReading.ts';

type Cells = Readonly<Record<string, string>>;

/** One row of each vendor, as exported. */
const AHREFS_NEW: Cells = {
  'Referring page title': 'How we moved our docs',
  'Referring page URL': 'https://blog.example.net/moved',
  Language: 'en',
  Platform: 'wordpress, blogs',
  'Referring page HTTP code': '200',
  'Domain rating': '72.0',
  UR: '31.0',
  'Domain traffic': '120',
  'Referring domains': '14',
  'External links': '1,204',
  'Target URL': 'https://example.com/guide',
  'Left context': 'see the',
  Anchor: 'deployment guide',
  'Right context': 'for more',
  Type: 'Text',
  Content: 'TRUE',
  Nofollow: 'FALSE',
  UGC: 'TRUE',
  Sponsored: 'FALSE',
  'Lost status': '',
  'Drop reason': '',
  'First seen': '2024-05-03 07:12:00',
  'Last seen': '2025-01-09 11:00:00',
  Lost: '',
};
const AHREFS_OLD: Cells = {
  '#': '1',
  'Domain Rating': '72',
  'URL Rating': '31',
  'Referring Domains': '14',
  'Referring Page URL': 'https://blog.example.net/moved',
  'Referring Page Title': 'How we moved our docs',
  'Internal Links Count': '40',
  'External Links Count': '1204',
  'Link URL': 'https://example.com/guide',
  TextPre: 'see the',
  'Link Anchor': 'deployment guide',
  TextPost: 'for more',
  Type: 'Nofollow',
  'Backlink Status': 'Link Removed',
  'First Seen': '2024-05-03 07:12:00',
  'Last Check': '2025-01-09 11:00:00',
  'Day Lost': '2025-01-08',
  Language: 'en',
};
const MAJESTIC: Cells = {
  'Target URL': 'https://example.com/guide',
  'Source URL': 'https://blog.example.net/moved',
  'Anchor Text': 'deployment guide',
  'Source Crawl Date': '2025-01-09',
  'Source First Found Date': '2024-05-03',
  FlagNoFollow: '+',
  FlagImageLink: '+',
  FlagRedirect: '',
  FlagFrame: '',
  FlagMention: '',
  'Source Citation Flow': '24',
  'Source Trust Flow': '11',
  'Link Type': 'ImageLink',
  'Date Lost': '2025-02-01',
  'Reason Lost': 'Source page not found',
};
const SEMRUSH: Cells = {
  'Page ascore': '43',
  'Source title': 'How we moved our docs',
  'Source url': 'https://blog.example.net/moved',
  'Target url': 'https://example.com/guide',
  Anchor: '',
  'External links': '1204',
  'Internal links': '40',
  Nofollow: 'true',
  Sponsored: 'true',
  Ugc: 'false',
  Text: 'false',
  Frame: 'false',
  Form: 'false',
  Image: 'true',
  Sitewide: 'false',
  'First seen': '2024-05-03',
  'Last seen': '2025-01-09',
  'New link': 'false',
  'Lost link': 'true',
};
const SEMRUSH_API: Cells = {
  page_ascore: '80',
  source_title: 'JDN ; E-business',
  source_url: 'https://blog.example.net/moved',
  target_url: 'https://example.com/guide',
  anchor: 'deployment guide',
  external_num: '137',
  internal_num: '177',
  first_seen: '1578929242',
  last_seen: '1578990011',
};
const MOZ: Cells = {
  URL: 'blog.example.net/moved',
  Title: 'How we moved our docs',
  'Anchor Text': 'deployment guide',
  'Spam Score': '3%',
  PA: '44',
  DA: '61',
  'Target URL': 'example.com/guide',
  'Date First Seen': 'May 3, 2024',
  'Date Last Seen': 'Jan 9, 2025',
  'Date Lost': '',
  'No Follow': 'false',
};
const SE_RANKING: Cells = {
  url_from: 'https://blog.example.net/moved',
  url_to: 'https://example.com/guide',
  title: 'How we moved our docs',
  anchor: 'deployment guide',
  nofollow: '1',
  image: '0',
  inlink_rank: '15',
  domain_inlink_rank: '71',
  first_seen: '2024-05-18',
  last_visited: '2024-12-09',
};

function table(rows: readonly Cells[], delimiter = ',', newline = '\r\n'): string {
  const header = Object.keys(rows[0] ?? {});
  const quoted = (cell: string): string => (/["\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return [header, ...rows.map((row) => header.map((name) => row[name] ?? ''))].map((cells) => cells.map(quoted).join(delimiter) + newline).join('');
}

function shuffled(row: Cells): Cells {
  return Object.fromEntries(Object.entries(row).toReversed());
}

async function firstLink(text: string | Uint8Array): Promise<ListedLink> {
  const { captures, problem } = await readInput(csvReader, memorySource(Buffer.from(text as string)));
  assert.equal(problem, null);
  const [listed] = listedOf(captures);
  assert.ok(listed, 'a link');
  return listed;
}

function told(listed: ListedLink): string {
  const { link, score, lost } = listed;
  const scored = score === null ? 'no score' : `${score.name} ${score.value}/${score.scale} of ${score.of}`;
  const gone = lost === null ? 'stands' : `lost ${day(lost.at)} ${lost.reason}`;
  return [
    `${listed.sourceUrl} > ${link.url}`,
    String(listed.sourceTitle),
    `${link.tag} ${JSON.stringify(link.text)} nofollow ${link.nofollow} [${link.rel.join(' ')}]`,
    `${day(listed.firstSeen)}..${day(listed.lastSeen)} ${gone}`,
    `${listed.externalLinks} external, ${scored}`,
  ].join('\n');
}

const ENDS = 'https://blog.example.net/moved > https://example.com/guide\nHow we moved our docs';
const VENDORS: readonly (readonly [string, Cells, string])[] = [
  ['Ahrefs', AHREFS_NEW, `${ENDS}\na "deployment guide" nofollow true [ugc]\n2024-05-03..2025-01-09 stands\n1204 external, UR 31/100 of page`],
  [
    'Ahrefs, older',
    AHREFS_OLD,
    `${ENDS}\nnull "deployment guide" nofollow true [nofollow]\n2024-05-03..2025-01-09 lost 2025-01-08 removed\n1204 external, UR 31/100 of page`,
  ],
  [
    'Majestic',
    MAJESTIC,
    `https://blog.example.net/moved > https://example.com/guide\nnull\naimg "deployment guide" nofollow true [nofollow]
2024-05-03..2025-01-09 lost 2025-02-01 gone\nnull external, CF 24/100 of page`,
  ],
  [
    'Semrush',
    SEMRUSH,
    `${ENDS}\naimg "[img]" nofollow true [nofollow sponsored]\n2024-05-03..2025-01-09 lost 2025-01-09 unknown\n1204 external, Authority Score 43/100 of page`,
  ],
  [
    'Semrush, API',
    SEMRUSH_API,
    `https://blog.example.net/moved > https://example.com/guide\nJDN ; E-business\nnull "deployment guide" nofollow null []
2020-01-13..2020-01-14 stands\n137 external, Authority Score 80/100 of page`,
  ],
  ['Moz', MOZ, `${ENDS}\nnull "deployment guide" nofollow false []\n2024-05-03..2025-01-09 stands\nnull external, PA 44/100 of page`],
  [
    'SE Ranking',
    SE_RANKING,
    `${ENDS}\na "deployment guide" nofollow true [nofollow]\n2024-05-18..2024-12-09 stands\nnull external, InLink Rank 15/100 of page`,
  ],
];

describe('CSV exports', () => {
  for (const [vendor, row, expected] of VENDORS) {
    it(`${vendor}: by header, in any order of columns`, async () => {
      assert.equal(told(await firstLink(table([row]))), expected);
      assert.equal(told(await firstLink(table([shuffled(row)]))), expected);
    });

    it(`${vendor}: in every delimiter and encoding`, async () => {
      for (const delimiter of [',', ';', '\t', '|']) {
        const text = table([row], delimiter);
        assert.equal(told(await firstLink(text)), expected, `delimiter ${delimiter}`);
        const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
        const bigEndian = Buffer.from(utf16).swap16();
        for (const bytes of [Buffer.from(`\ufeff${text}`), utf16, utf16.subarray(2), bigEndian, bigEndian.subarray(2)]) {
          assert.equal(told(await firstLink(bytes)), expected, `delimiter ${delimiter}, bytes ${bytes.subarray(0, 4).toString('hex')}`);
        }
      }
    });

    it(`${vendor}: is recognised by its content, not its name`, () => {
      const head = { bytes: Buffer.from(table([row])), name: 'download' };
      assert.equal(csvReader.recognises(head), true);
    });
  }

  it('takes a list of anybody that names both ends', async () => {
    const listed = await firstLink('source,target\nhttps://a.org/1,https://b.org/2\n');
    assert.equal(told(listed), 'https://a.org/1 > https://b.org/2\nnull\nnull null nofollow null []\nnull..null stands\nnull external, no score');
  });

  it('falls back to the score of the domain, and says so', async () => {
    const { UR: _, ...row } = AHREFS_NEW;
    assert.deepEqual((await firstLink(table([row]))).score, { name: 'DR', scale: 100, value: 72, of: 'domain' });
  });

  it('passes over what is no hyperlink, and counts it', async () => {
    const rows = ['Text', 'Canonical', 'Alternate', 'RSS', 'Image', 'Redirect', 'Form', 'Frame'].map((Type, at) => ({
      ...AHREFS_NEW,
      Type,
      Anchor: String(at),
    }));
    const { captures, note } = await readInput(csvReader, memorySource(Buffer.from(table(rows))));
    assert.deepEqual(
      listedOf(captures).map(({ link }) => link.tag),
      ['a', 'aimg', 'redirect', 'form', 'iframe'],
    );
    assert.equal(note, '3 of 8 rows name no link and were passed over');
  });

  it('reads the words for a loss', async () => {
    const cases: readonly (readonly [Partial<Cells>, string | null])[] = [
      [{ 'Drop reason': '' }, null],
      [{ 'Lost status': 'Link removed' }, 'removed'],
      [{ Lost: '2025-01-08', 'Drop reason': 'notfound' }, 'gone'],
      [{ Lost: 'TRUE', 'Drop reason': 'Noindex' }, 'noindex'],
      [{ Lost: 'TRUE', 'Drop reason': '301 redirect' }, 'redirected'],
      [{ Lost: 'TRUE', 'Drop reason': 'Not canonical' }, 'canonicalised'],
      [{ Lost: 'TRUE', 'Drop reason': 'crawl error' }, 'unknown'],
      [{ Lost: 'TRUE' }, 'unknown'],
      [{ Lost: 'FALSE', 'Lost status': 'Live' }, null],
    ];
    for (const [change, reason] of cases) {
      const { lost } = await firstLink(table([{ ...AHREFS_NEW, ...change } as Cells]));
      assert.equal(lost?.reason ?? null, reason, JSON.stringify(change));
    }
  });
});
