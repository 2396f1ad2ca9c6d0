/** From rules to diagnostics and their quick fixes: severity, silence by comment and setting, edits. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type CodeAction, DiagnosticSeverity } from 'vscode-languageserver-protocol';
import { createCodeActions } from '../../../server/src/features/codeActions.ts';
import { collectFindings, toDiagnostic } from '../../../server/src/features/diagnostics/collect.ts';
import { ignoredLines } from '../../../server/src/features/diagnostics/ignoreComments.ts';
import type { KnownLink } from '../../../server/src/features/linkView.ts';
import { urlInDocument } from '../../../server/src/features/urlInDocument.ts';
import { COMMANDS } from '../../../shared/protocol.ts';
import { RULES, ruleDocs } from '../../../shared/rules.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { fresh, INFO, knownLink, summary } from './samples.ts';

const REDIRECT = fresh(summary({ redirectsTo: { url: 'https://example.org/new?a=1&b=2', status: 301, on: null } }));

function collect(links: readonly KnownLink[], settings: Partial<Settings> = {}, silent: readonly number[] = []) {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  return collectFindings({
    links,
    page: { reach: { backlinks: [], clicks: null, start: null }, isStart: false, range },
    facts: { language: null, robots: { nofollow: false, noindex: false } },
    editorChecksFiles: false,
    silent: new Set(silent),
    settings: { ...DEFAULT_SETTINGS, ...settings },
    source: INFO,
    locale: 'en',
  }).map(toDiagnostic);
}

const rules = (changed: Partial<Settings['rules']>) => ({ rules: { ...DEFAULT_SETTINGS.rules, ...changed } });

describe('diagnostics', () => {
  it('carry code, documentation, source and severity', () => {
    const [diagnostic] = collect([knownLink({ page: REDIRECT })]);
    assert.equal(diagnostic?.code, 'redirected-target');
    assert.equal(diagnostic?.source, 'Backlink Lens');
    assert.equal(diagnostic?.severity, DiagnosticSeverity.Information);
    assert.deepEqual(diagnostic?.codeDescription, { href: ruleDocs('redirected-target') });
  });

  it('follow the severity of the settings, off included', () => {
    const link = knownLink({ page: fresh(summary({ backlinks: 0 })) });
    assert.deepEqual(collect([link]), []);
    assert.deepEqual(
      (['hint', 'information', 'warning', 'error'] as const).map((severity) => collect([link], rules({ 'no-backlinks': severity }))[0]?.severity),
      [DiagnosticSeverity.Hint, DiagnosticSeverity.Information, DiagnosticSeverity.Warning, DiagnosticSeverity.Error],
    );
    assert.equal(collect([], rules({ 'orphan-page': 'warning' })).length, 1);
  });

  it('are silent where a comment or a pattern says so', () => {
    const link = knownLink({ page: REDIRECT });
    assert.deepEqual(collect([link], {}, [link.range.start.line]), []);
    assert.deepEqual(collect([knownLink({ page: REDIRECT, settings: { ignore: ['example.org'] } })]), []);
  });

  it('of a Markdown reference: about the address at its definition, about the words at its uses', () => {
    const codes = (link: Parameters<typeof knownLink>[0]) => collect([knownLink(link)]).map(({ code }) => code);
    assert.deepEqual(codes({ page: REDIRECT, link: { role: 'definition', tag: null, element: 'md-definition' } }), ['redirected-target']);
    assert.deepEqual(codes({ page: REDIRECT, link: { element: 'md-reference' } }), []);
    assert.deepEqual(codes({ local: {}, link: { element: 'md-reference', text: 'here', resolved: null } }), ['generic-anchor']);
  });

  const comments: readonly [text: string, lines: number[]][] = [
    ['a <!-- backlink-lens-ignore -->', [0]],
    ['<!-- backlink-lens-ignore-next-line -->\r\n<a>', [1]],
    ['x\n<!--backlink-lens-ignore-->\rb <!-- backlink-lens-ignore-next-line -->', [1, 3]],
    ['<!-- backlink-lens-ignore-all --> <!-- backlink-lens ignore -->', []],
    ['', []],
  ];
  for (const [text, lines] of comments) it(`comment: ${JSON.stringify(text)}`, () => assert.deepEqual([...ignoredLines(text)], lines));

  for (const { code } of RULES) {
    it(`${code} is explained where its code leads to`, () => {
      assert.ok(existsSync(path.join(import.meta.dirname, '../../../docs/rules', path.basename(new URL(ruleDocs(code)).pathname))));
    });
  }
});

describe('quick fixes', () => {
  const uri = 'file:///w/index.md';
  const actions = (language: 'html' | 'markdown', diagnostics = collect([knownLink({ page: REDIRECT })])): CodeAction[] =>
    createCodeActions(uri, diagnostics, {
      url: (url) => urlInDocument(url, language),
      rel: ({ add }, range) => ({ range, newText: add.join(' ') }),
      ignoreComment: ({ start }) => ({ range: { start, end: start }, newText: '<!-- comment -->' }),
    });

  it('repair first, then four ways to be left in peace', () => {
    assert.deepEqual(
      actions('markdown').map(({ title, isPreferred }) => [title, isPreferred === true]),
      [
        ['Update to https://example.org/new?a=1&b=2', true],
        ['Ignore this link', false],
        ['Ignore everything on example.org', false],
        ['Ignore here, by a comment', false],
        ['Turn off “redirected-target” in this folder', false],
      ],
    );
  });

  it('write the URL so that it means the same there', () => {
    const text = (language: 'html' | 'markdown') => actions(language)[0]?.edit?.changes?.[uri]?.[0]?.newText;
    assert.deepEqual([text('html'), text('markdown')], ['https://example.org/new?a=1&amp;b=2', 'https://example.org/new?a=1&b=2']);
  });

  it('ask the client to change the settings', () => {
    assert.deepEqual(
      actions('html')
        .filter(({ command }) => command !== undefined)
        .map(({ command }) => [command?.command, ...(command?.arguments ?? [])]),
      [
        [COMMANDS.ignore, { uri, kind: 'add', pattern: '**/example.org/guide/deploy' }],
        [COMMANDS.ignore, { uri, kind: 'add', pattern: '**/example.org/**' }],
        [COMMANDS.ignore, { uri, kind: 'rule', rule: 'redirected-target' }],
      ],
    );
  });

  it('leave problems of others, and data out of shape, alone', () => {
    const [ours] = collect([knownLink({ page: REDIRECT })]);
    assert.ok(ours);
    assert.deepEqual(actions('html', [{ ...ours, source: 'other' }]), []);
    for (const data of [undefined, null, 5, 'x', {}, { rule: 'x' }, { rule: {} }]) assert.deepEqual(actions('html', [{ ...ours, data }]), []);
    const odd = actions('html', [{ ...ours, data: { rule: 'weak-target', repair: { title: 5 }, webUrl: 7 } }]);
    assert.deepEqual(
      odd.map(({ title }) => title),
      ['Ignore here, by a comment', 'Turn off “weak-target” in this folder'],
    );
  });

  const urls: readonly [url: string, html: string, markdown: string][] = [
    ['https://a.org/x(y)_z', 'https://a.org/x(y)_z', 'https://a.org/x%28y%29_z'],
    ['https://a.org/"><script>', 'https://a.org/%22%3E%3Cscript%3E', 'https://a.org/%22%3E%3Cscript%3E'],
    ["https://a.org/'b c", 'https://a.org/%27b%20c', 'https://a.org/%27b%20c'],
    ['https://a.org/a\nb', 'https://a.org/a%0Ab', 'https://a.org/a%0Ab'],
    ['https://a.org/[x]|y', 'https://a.org/[x]%7Cy', 'https://a.org/%5Bx%5D%7Cy'],
  ];
  for (const [url, html, markdown] of urls) {
    it(`${JSON.stringify(url)} in a document`, () =>
      assert.deepEqual([urlInDocument(url, 'html'), urlInDocument(url, 'markdown')], [html, markdown]));
  }
});
