/** The exports of Google Search Console: three tables, in the language of the account, of a property that they do not name. */
import assert from 'node:assert/strict';
import { readProperty } from '../../../server/src/linkIndex/ingest/csv/property.ts';
import { csvReader } from '../../../server/src/linkIndex/ingest/csv/reader.ts';
import { day, listedOf, memorySource, type Read, readInput } from './listReading.ts';

const read = (text: string, site?: string, name = 'example.com-Latest links-2026-09-30.csv'): Promise<Read> =>
  readInput(csvReader, memorySource(Buffer.from(text), name), { site });

describe('Search Console exports', () => {
  describe('Top linked pages: totals of each page, and no links', () => {
    const FILES: readonly (readonly [string, string])[] = [
      ['English', 'Target page,Incoming links,Linking sites\nhttps://example.com/,"447,667","6,866"\nhttps://example.com/a,881,73\n'],
      ['English, other order', 'Linking sites,Target page,Incoming links\n6866,https://example.com/,447667\n73,https://example.com/a,881\n'],
      ['German', 'Zielseite;Eingehende Links;Verweisende Websites\nhttps://example.com/;447.667;6.866\nhttps://example.com/a;881;73\n'],
      ['French', "Page cible;Liens entrants;Sites d'origine\nhttps://example.com/;447\u202f667;6\u202f866\nhttps://example.com/a;881;73\n"],
      ['Spanish', 'Página de destino;Enlaces entrantes;Sitios de enlace\nhttps://example.com/;447.667;6.866\nhttps://example.com/a;881;73\n'],
      ['older English', 'Your pages,Links,Source domains\nhttps://example.com/,447667,6866\nhttps://example.com/a,881,73\n'],
    ];
    for (const [language, text] of FILES) {
      it(language, async () => {
        const { captures, problem } = await read(text, undefined, 'table.csv');
        assert.equal(problem, null);
        const stated = captures.map((capture) => (capture.kind === 'statedTotal' ? capture.stated : null));
        assert.deepEqual(
          stated.map((total) => [total?.target.id, total?.links, total?.unit, total?.domains, total?.list]),
          [
            ['page:example.com/', 447667, 'links', 6866, 'Google Search Console'],
            ['page:example.com/a', 881, 'links', 73, 'Google Search Console'],
          ],
        );
      });
    }
  });

  describe('Top linking sites: referring domains of the property', () => {
    const FILES: readonly (readonly [string, string])[] = [
      ['English', 'Site,Linking pages,Target pages\nblog.example.org,"1,240",12\nxn--maana-pta.com,87,5\nnot a site,1,1\n'],
      ['German', 'Website;Verlinkende Seiten;Zielseiten\nexample.org;1.240;12\nmañana.com;87;5\nnot a site;1;1\n'],
      ['older English', 'Domains,Links,Linked pages\nexample.org,1240,12\nmañana.com,87,5\nnot a site,1,1\n'],
    ];
    for (const [language, text] of FILES) {
      it(language, async () => {
        const { captures, problem, note } = await read(text, 'https://www.example.com/');
        assert.equal(problem, null);
        assert.equal(note, '1 of 3 rows name no link and were passed over');
        const stated = captures.flatMap((capture) => (capture.kind === 'statedDomains' ? [capture.stated] : []));
        assert.deepEqual([...new Set(stated.map(({ target }) => target.id))], ['domain:example.com']);
        assert.deepEqual([...new Set(stated.map(({ asOf }) => day(asOf)))], ['2026-09-30']);
        assert.deepEqual(
          stated.flatMap(({ domains }) => domains),
          [
            { name: 'example.org', pages: 1240, targetPages: 12 },
            { name: 'xn--maana-pta.com', pages: 87, targetPages: 5 },
          ],
        );
      });
    }
  });

  describe('Latest links: sources with a date, to some page of the property', () => {
    const FILES: readonly (readonly [string, string])[] = [
      ['English', 'Linking page,Last crawled\nhttps://a.org/1,2026-09-28\nhttps://b.org/2,2026-08-01\n'],
      ['German', 'Verlinkende Seite;Zuletzt gecrawlt\nhttps://a.org/1;28.09.2026\nhttps://b.org/2;01.08.2026\n'],
      ['French', 'Page référente;Dernière exploration\nhttps://a.org/1;28/09/2026\nhttps://b.org/2;01/08/2026\n'],
      ['Spanish', 'Página de enlace;Último rastreo\nhttps://a.org/1;28 sept 2026\nhttps://b.org/2;1 de agosto de 2026\n'],
      ['English, months first', 'Linking page,Last crawled\nhttps://a.org/1,9/28/2026\nhttps://b.org/2,8/1/2026\n'],
      ['English, months named', 'Linking page,Last crawled\nhttps://a.org/1,"Sep 28, 2026"\nhttps://b.org/2,"Aug 1, 2026"\n'],
    ];
    for (const [language, text] of FILES) {
      it(language, async () => {
        const { captures, problem } = await read(text, 'example.com');
        assert.equal(problem, null);
        assert.deepEqual(
          listedOf(captures).map(({ sourceUrl, link, lastSeen, firstSeen }) => [sourceUrl, link.url, day(firstSeen), day(lastSeen)]),
          [
            ['https://a.org/1', 'https://example.com/*', null, '2026-09-28'],
            ['https://b.org/2', 'https://example.com/*', null, '2026-08-01'],
          ],
        );
        for (const { link, score, lost } of listedOf(captures)) {
          assert.deepEqual([link.text, link.tag, link.nofollow, link.rel, score, lost], [null, null, null, [], null, null]);
        }
      });
    }

    it('a single column, and the older one with the day of discovery', async () => {
      assert.equal((await read('Linking page\nhttps://a.org/1\n', 'example.com')).captures.length, 1);
      const { captures } = await read('Links,First discovered\nhttps://a.org/1,2015-04-02\n', 'example.com');
      assert.deepEqual(
        listedOf(captures).map(({ firstSeen, lastSeen }) => [day(firstSeen), day(lastSeen)]),
        [['2015-04-02', null]],
      );
    });

    it('needs the property', async () => {
      const { captures, problem } = await read('Linking page,Last crawled\nhttps://a.org/1,2026-09-28\n');
      assert.equal(captures.length, 0);
      assert.equal(problem?.code, 'usage.invalid');
      assert.match(problem?.message ?? '', /--site example\.com/);
    });
  });

  it('knows a language that is not known by its rows, where the property is named', async () => {
    const pages = 'דף יעד,קישורים נכנסים,אתרים מקשרים\nhttps://example.com/,"2,100",80\nhttps://example.com/x,340,25\nhttps://example.com/y,3,2\n';
    const sites = 'אתר,דפים מקשרים,דפי יעד\nsmall.example.org,3,1\nbig.example.net,"1,240",12\nmid.co.il,87,5\n';
    const latest = 'דף מקשר,נסרק לאחרונה\nhttps://a.org/1,01/08/2026\nhttps://b.org/2,28/09/2026\nhttps://c.org/3,15/09/2026\n';
    const kinds = async (text: string, site?: string): Promise<string> =>
      (await read(text, site, 'x.csv')).captures.map(({ kind }) => kind).join(' ') || 'nothing';
    assert.equal(await kinds(pages, 'example.com'), 'statedTotal statedTotal statedTotal');
    assert.equal(await kinds(sites, 'example.com'), 'statedDomains statedDomains statedDomains');
    assert.equal(await kinds(latest, 'example.com'), 'listed listed listed');
    for (const text of [pages, sites, latest]) assert.equal(await kinds(text), 'nothing');
    assert.equal(await kinds(pages, 'other.org'), 'nothing');
  });

  it('reads the property as Search Console writes it', () => {
    const cases: readonly (readonly [string, string | null, string?])[] = [
      ['sc-domain:example.com', 'domain:example.com', 'https://example.com/*'],
      ['example.com', 'domain:example.com', 'https://example.com/*'],
      ['https://www.example.com/', 'domain:example.com', 'https://example.com/*'],
      ['https://blog.example.com/', 'host:blog.example.com', 'https://blog.example.com/*'],
      ['https://example.com/blog/', 'folder:example.com/blog/', 'https://example.com/blog/*'],
      ['https://example.com/blog', 'folder:example.com/blog/', 'https://example.com/blog/*'],
      ['', null],
      ['mailto:a@example.com', null],
      ['not a site', null],
    ];
    for (const [text, id, somewhere] of cases) {
      const property = readProperty(text);
      assert.deepEqual([property?.target.id ?? null, property?.somewhere], [id, somewhere], text);
    }
    assert.equal(readProperty('https://example.com/blog/')?.holds('http://www.example.com/blog/a'), true);
    assert.equal(readProperty('https://example.com/blog/')?.holds('https://example.com/a'), false);
  });
});
