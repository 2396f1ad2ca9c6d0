/** Reports as files: HTML that nothing can break out of and that loads nothing, CSV whose cells are no formulas, and the format by its name. */
import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { type DefaultTreeAdapterMap, parse as parseHtml } from 'parse5';
import { renderCsv } from '../../../server/src/report/csv.ts';
import { renderHtml } from '../../../server/src/report/html.ts';
import { renderReport } from '../../../server/src/report/render.ts';
import { REPORT_FORMATS } from '../../../shared/report.ts';
import { report, summary, targetsOf, use } from './fixtures.ts';

const STRONG = 'https://example.com/guide/deploy?a=1&b="2"';
const UNKNOWN = 'https://unknown.example/';
const HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e';

const made = () => {
  const { page } = targetsOf(STRONG);
  const finding = { rule: 'form-mismatch', severity: 'information', message: HOSTILE, use: use(STRONG, '<b>.md', 0).use } as const;
  const known = { [page.id]: { state: 'fresh', value: { ...summary(page, 132, 6.2, 41), followed: { links: 8, of: 9 } }, at: 0 } as const };
  const uses = [use(STRONG, '=cmd|x.md', 13), use(STRONG, 'b.md', 1), use(UNKNOWN, 'a.md', 2)];
  return report(known, { title: HOSTILE, uses, findings: [finding], problems: [{ file: HOSTILE, code: 'input.unreadable', message: HOSTILE }] });
};

type Node = DefaultTreeAdapterMap['node'];

function* elements(node: Node): Iterable<DefaultTreeAdapterMap['element']> {
  if ('tagName' in node) yield node;
  if ('childNodes' in node) for (const child of node.childNodes) yield* elements(child);
}

describe('the report as HTML', () => {
  const html = renderHtml(made(), 'en');
  const all = [...elements(parseHtml(html))];

  it('has no script, loads nothing, and says so to the browser', () => {
    assert.deepEqual(
      all.filter(({ tagName }) => /^(script|img|iframe|object|link|base)$/.test(tagName)),
      [],
    );
    assert.deepEqual(
      all.flatMap(({ attrs }) => attrs.filter(({ name }) => name.startsWith('on') || name === 'src')),
      [],
    );
    assert.match(html, /default-src 'none'/);
    assert.doesNotMatch(html, /url\(|@import/);
  });

  it('links only to what is named, and hands on no strength', () => {
    const links = all.filter(({ tagName }) => tagName === 'a').map(({ attrs }) => Object.fromEntries(attrs.map(({ name, value }) => [name, value])));
    assert.deepEqual(
      links.map(({ href }) => href),
      [targetsOf(STRONG).page.name, targetsOf(UNKNOWN).page.name],
    );
    for (const { rel } of links) assert.equal(rel, 'nofollow noreferrer');
  });

  it('can be read by ear: a language, one heading of the first rank, heads of rows and columns', () => {
    assert.equal(all.find(({ tagName }) => tagName === 'html')?.attrs[0]?.value, 'en');
    assert.equal(all.filter(({ tagName }) => tagName === 'h1').length, 1);
    const heads = all.filter(({ tagName }) => tagName === 'th').map(({ attrs }) => attrs.find(({ name }) => name === 'scope')?.value);
    assert.deepEqual([heads.filter((scope) => scope === 'col').length, heads.filter((scope) => scope === 'row').length], [6, 2]);
  });

  it('tells none from unknown', () => assert.match(html, /<td class="n">\?<\/td>/));
});

describe('the report as CSV', () => {
  const rows = parse(renderCsv(made()), { bom: true, columns: true }) as Record<string, string>[];

  it('has a line a target, and nothing where nothing is known', () => {
    assert.deepEqual(
      rows.map((row) => [row['url'], row['state'], row['strength'], row['strength_basis'], row['backlinks'], row['followed_links'], row['uses']]),
      [
        [targetsOf(STRONG).page.name, 'fresh', '6.2', 'index', '132', '8', '2'],
        [UNKNOWN, 'unknown', '', '', '', '', '1'],
      ],
    );
  });

  it('has no formula', () => assert.equal(rows[0]?.['where'], "'=cmd|x.md:14 b.md:2"));
});

describe('a report by its format', () => {
  const begins = { markdown: '# Backlinks report', html: '<!DOCTYPE html>', csv: '\ufeffurl,domain,', json: '{\n' };
  for (const format of REPORT_FORMATS) it(format, () => assert.ok(renderReport(made(), format, 'en').startsWith(begins[format])));
});
