/** Text from the web in a hover is text: rendered by an independent Markdown implementation, nothing of it becomes markup. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { createHover } from '../../../server/src/features/hover/hover.ts';
import { clip, commandLink, webLink, webText } from '../../../server/src/features/safeMarkdown.ts';
import { COMMANDS } from '../../../shared/protocol.ts';
import { backlink, fresh, hoverInput, summary } from './samples.ts';

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[click](command:workbench.action.terminal.new)',
  '![x](https://evil.test/pixel.png)',
  '<https://evil.test>',
  'https://evil.test/bare www.evil.test a@evil.test',
  '[ref]: https://evil.test\n\n[ref]',
  '| a | b |\n| --- | --- |\n| c | d |',
  '`code` ``x`` ~~~ ```js',
  '# heading\n---\n* item\n1. one\n> quote',
  '$(zap) $(sync~spin) \\$(zap)',
  '**bold** _em_ ~~gone~~ \\*',
  '&lt;b&gt; &#60;b&#62; &copy;',
  '\u202Eevil\u202C \u0000\u001b[31m',
  '\\',
  '](command:x) [',
  '<!-- comment -->',
  'a\r\nb\u2028c',
  '[^1]\n\n[^1]: note',
  '- [ ] task',
];

function rendered(text: string): string {
  const row = backlink({ title: text, anchorText: text });
  const input = hoverInput({
    link: { url: 'https://example.org/x', text },
    page: fresh(summary({ strongest: [{ row, more: 3 }] })),
    local: { path: text },
    input: {
      reach: {
        backlinks: [{ uri: `file:///w/${text}`, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text }],
        clicks: 1,
        start: text,
      },
      source: { id: text, label: text, pages: 5, asOf: text, generation: text },
    },
  });
  const contents = createHover(input)?.contents;
  assert.ok(contents !== undefined && typeof contents === 'object' && 'kind' in contents);
  return micromark(contents.value, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true, allowDangerousProtocol: true });
}

/** Where the hover's own links lead. */
const OURS = /^(?:command:backlinkLens\.|https:\/\/(?:example\.org\/x|blog\.example\.net\/moved|github\.com\/backlink-lens\/))/;

function check(text: string): void {
  const html = rendered(text);
  const tags = new Set([...html.matchAll(/<([a-z0-9]+)/gi)].map(([, tag]) => tag));
  for (const tag of tags)
    assert.ok(
      ['p', 'strong', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'a'].includes(tag ?? ''),
      `<${tag}> from ${JSON.stringify(text)}\n${html}`,
    );
  for (const [, href] of html.matchAll(/href="([^"]*)"/g)) assert.match(href ?? '', OURS, JSON.stringify(text));
  assert.equal(html.match(/<table>/g)?.length, 2, `tables kept whole: ${JSON.stringify(text)}`);
  assert.doesNotMatch(html.replace(/<[^>]*>/g, '').replaceAll('\n', ''), /[\p{Cc}\u202a-\u202e]/u);
}

describe('hostile text in hovers', () => {
  for (const text of HOSTILE) it(JSON.stringify(text), () => check(text));

  it('any mixture of it, too', () => {
    const piece = fc.oneof(
      fc.constantFrom(...HOSTILE),
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(...Array.from('[]()<>!`|\\*_~#$&:\n\r\t')),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (parts) => check(parts.join(''))),
      { numRuns: 60 },
    );
  });

  it('never leaves an icon that the editor would draw', () => {
    assert.doesNotMatch(webText('$(zap)'), /(?<!\\)\$\(/);
  });

  const links: readonly [url: string, expected: string][] = [
    ['https://a.org/x(y)', '[t](https://a.org/x%28y%29)'],
    ['https://a.org/a|b`c\\d', '[t](https://a.org/a%7Cb%60c/d)'],
    ['https://a.org/a b"c\'', '[t](https://a.org/a%20b%22c%27)'],
    ['https://a.org/*_*', '[t](https://a.org/%2A_%2A)'],
    ['javascript:alert(1)', 't'],
    ['command:x', 't'],
    ['http://[', 't'],
  ];
  for (const [url, expected] of links) it(`link to ${url}`, () => assert.equal(webLink('t', url), expected));

  it('hands any argument to a command unharmed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        if (!text.isWellFormed()) return;
        const [, query = ''] = /\?(.*)\)$/.exec(commandLink('x', COMMANDS.inspect, { text })) ?? [];
        assert.match(query, /^[A-Za-z0-9%.-]*$/);
        assert.deepEqual(JSON.parse(decodeURIComponent(query)), [{ text }]);
      }),
    );
  });

  const clips: readonly [text: string, most: number, expected: string][] = [
    ['short', 10, 'short'],
    ['exactly ten', 11, 'exactly ten'],
    ['one too long', 11, 'one too lo…'],
    ['👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 2, '👩‍👩‍👧…'],
    ['', 5, ''],
  ];
  for (const [text, most, expected] of clips) it(`clips ${text} to ${most}`, () => assert.equal(clip(text, most), expected));

  it('clips what has no end', () => {
    assert.ok(clip(`a${'\u0301'.repeat(100_000)}`, 10).length < 100);
  });
});
