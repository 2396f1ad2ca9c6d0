import assert from 'node:assert/strict';
import stringWidth from 'string-width';
import { renderJson } from '../../../server/src/report/json.ts';
import { renderMarkdown } from '../../../server/src/report/markdown.ts';
import { renderTerminal } from '../../../server/src/report/terminal.ts';
import type { Known, Summary } from '../../../shared/backlinks.ts';
import { report, summary, targetsOf, use } from './fixtures.ts';

const OPTIONS = { columns: 110, color: false, locale: 'en' };
const STRONG = 'https://example.com/guide/deploy';
const NONE = 'https://old.example.com/';
const WEAK = 'https://weak.example/x';

function fresh(url: string, backlinks: number, strength: Parameters<typeof summary>[2], domains = 1): Record<string, Known<Summary>> {
  const { page } = targetsOf(url);
  return { [page.id]: { state: 'fresh', value: summary(page, backlinks, strength, domains), at: 0 } };
}

describe('report model', () => {
  it('puts the strongest first, then the weak, then none seen, then what is not known', () => {
    const uses = [use('https://unknown.example/', 'a.md', 1), use(NONE, 'a.md', 2), use(WEAK, 'a.md', 3), use(STRONG, 'a.md', 4)];
    const made = report({ ...fresh(STRONG, 132, 6.2, 41), ...fresh(NONE, 0, null), ...fresh(WEAK, 3, 0.4) }, { uses });
    assert.deepEqual(
      made.targets.map((target) => target.page.name),
      [STRONG, WEAK, NONE, 'https://unknown.example/'],
    );
  });

  it('gathers the uses of one page key under one target, in document order', () => {
    const made = report({}, { uses: [use('http://www.example.com/a', 'a.md', 1), use('https://example.com/a#part', 'b.md', 7)] });
    assert.equal(made.targets.length, 1);
    assert.deepEqual(
      made.targets[0]?.uses.map(({ file, line }) => [file, line]),
      [
        ['a.md', 1],
        ['b.md', 7],
      ],
    );
  });
});

describe('report in the terminal', () => {
  const known = {
    ...fresh(STRONG, 132, 6.2, 41),
    ...fresh(NONE, 0, null),
    [targetsOf('https://api.example.com/v3').page.id]: { state: 'skipped', reason: 'manual' } as const,
  };
  const uses = [use(STRONG, 'guide.md', 13), use(STRONG, 'index.html', 87), use(NONE, 'guide.md', 30), use('https://api.example.com/v3', 'a.md', 2)];
  const text = renderTerminal(report(known, { uses }), OPTIONS);
  const line = (part: string) => text.split('\n').find((candidate) => candidate.includes(part)) ?? '';

  it('shows strength, counts, target and where it is used', () => {
    assert.match(line('guide/deploy'), /▰▰▰▰▰▰▱▱▱▱\s+6\.2\s+132\s+41\s+–\s+example\.com\/guide\/deploy\s+guide\.md:14, index\.html:88/);
  });

  it('tells none seen from not known', () => {
    assert.match(line('old.example.com'), /–\s+none\s+–/);
    assert.match(line('api.example.com'), /\?\s+on demand\s+\?/);
    assert.match(text, /1 target not known \(1 on demand\)\./);
  });

  it('says so when there is nothing to look up', () => {
    assert.match(renderTerminal(report({}), OPTIONS), /No links to look up\.\n\nNo findings\./);
  });

  it('shows a vendor score under its own name', () => {
    const vendor = report(fresh(WEAK, 3, { basis: 'vendor', name: 'UR', value: 31, scale: 100 }), { uses: [use(WEAK, 'a.md', 0)] });
    assert.match(renderTerminal(vendor, OPTIONS), /▰▰▰▱▱▱▱▱▱▱\s+UR 31/);
  });

  it('shows the strength of domains where their pages have none, strongest first', () => {
    const ranked = (url: string, value: number | null): Record<string, Known<Summary>> => {
      const { page, domain } = targetsOf(url);
      const nothing = { ...summary(page, 0, null), backlinks: null };
      const strength = value === null ? null : ({ basis: 'rank', value, position: 2, population: 118_800_000 } as const);
      return {
        [page.id]: { state: 'fresh', value: nothing, at: 0 },
        [domain.id]: { state: 'fresh', value: { ...nothing, target: domain, strength }, at: 0 },
      };
    };
    const made = report(
      { ...ranked(WEAK, 2.1), ...ranked(STRONG, 9.6), ...ranked('https://none.example/', null) },
      {
        uses: [use('https://none.example/', 'a.md', 0), use(WEAK, 'a.md', 1), use(STRONG, 'a.md', 2)],
      },
    );
    const [head, first, second, third] = renderTerminal(made, OPTIONS).split('\n').slice(3);
    assert.match(head ?? '', /strength\s+site\s+backlinks/);
    assert.match(first ?? '', /▰▰▰▰▰▰▰▰▰▰\s+–\s+9\.6\s+\?.*guide\/deploy/);
    assert.match(second ?? '', /▰▰▱▱▱▱▱▱▱▱\s+–\s+2\.1\s+\?.*weak/);
    assert.match(third ?? '', /–\s+–\s+\?.*none\.example/);
    assert.match(renderMarkdown(made, 'en'), /^\| Strength \| Site \| Backlinks.*\n.*\n\| – \| 9\.6 \| \? \|/m);
    assert.doesNotMatch(text, /site/);
  });

  it('lets no control character of a title or file name through', () => {
    const hostile = renderTerminal(report({}, { title: 'x\u001B[2Jy\u202Ez', uses: [use(WEAK, 'a\u001B]8;;b\u0007.md', 0)] }), OPTIONS);
    assert.doesNotMatch(hostile.replaceAll('\n', ''), /[\p{Cc}\u202E]/u);
    const score = { basis: 'vendor', name: 'U\u001B[2JR', value: 31, scale: 100 } as const;
    assert.ok(!renderTerminal(report(fresh(WEAK, 3, score), { uses: [use(WEAK, 'a.md', 0)] }), OPTIONS).includes('\u001B'));
  });

  it('lines up a table of 150,000 targets', () => {
    const { page, domain } = targetsOf(WEAK);
    const targets = Array.from({ length: 150_000 }, (_, index) => ({ page: { ...page, id: `page:${index}` }, domain }));
    assert.equal(renderTerminal(report({}, { targets }), OPTIONS).split('weak.example/x').length, 150_001);
  });

  it('keeps to the width of the terminal, wide characters included', () => {
    const wide = renderTerminal(report({}, { uses: [use(`https://example.com/${'長'.repeat(80)}`, `${'頁'.repeat(80)}.md`, 0)] }), {
      ...OPTIONS,
      columns: 80,
    });
    for (const drawn of wide.split('\n').slice(3)) assert.ok(stringWidth(drawn) <= 80, drawn);
  });
});

describe('report as Markdown and JSON', () => {
  it('counts one thing as one', () => {
    assert.match(renderMarkdown(report({}, { files: 1, links: 1, uses: [use(WEAK, 'a.md', 0)] }), 'en'), /^1 file, 1 link, 1 target\. /m);
  });

  it('sums up what came and went, where anybody knows', () => {
    const changed = (url: string, changes: Partial<Summary>): Record<string, Known<Summary>> => {
      const { page } = targetsOf(url);
      return { [page.id]: { state: 'fresh', value: { ...summary(page, 5, 1), ...changes }, at: 0 } };
    };
    const uses = [use(STRONG, 'a.md', 0), use(WEAK, 'a.md', 1)];
    for (const [strong, weak, says] of [
      [
        { newBacklinks: 1200, lostBacklinks: 0, changesSince: '2026-10-02' },
        { newBacklinks: 0, lostBacklinks: 34, changesSince: '2026-10-01' },
        true,
      ],
      [{ newBacklinks: 0, lostBacklinks: 0, changesSince: '2026-10-01' }, {}, false],
      [{ newBacklinks: null, lostBacklinks: null, changesSince: null }, {}, false],
    ] as const) {
      const made = report({ ...changed(STRONG, strong), ...changed(WEAK, weak) }, { uses });
      for (const text of [renderMarkdown(made, 'en'), renderTerminal(made, { columns: 100, color: false, locale: 'en' })]) {
        assert.equal(text.includes('Backlinks since 2026-10-01: 1,200 new, 34 lost.'), says, text);
        assert.equal(text.includes('Backlinks since'), says, text);
      }
    }
  });

  it('escapes what comes from documents and the web', () => {
    const finding = {
      rule: 'form-mismatch',
      severity: 'information',
      message: '[x](command:evil) | <img src=x> $(alert)',
      use: use(WEAK, 'a|b.md', 0).use,
    } as const;
    const text = renderMarkdown(report({}, { findings: [finding], uses: [use(WEAK, 'a|b.md', 0)] }), 'en');
    assert.ok(text.includes('\\[x\\]\\(command\\:evil\\) \\| \\<img src\\=x\\> \\$\\(alert\\)'), text);
    assert.ok(text.includes('a\\|b\\.md\\:1'), text);
  });

  it('is the model in JSON', () => {
    const made = report(fresh(STRONG, 132, 6.2), { uses: [use(STRONG, 'a.md', 0)] });
    assert.deepEqual(JSON.parse(renderJson(made)), JSON.parse(JSON.stringify(made)));
  });
});
