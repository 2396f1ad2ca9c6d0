/** Where a text names a page without linking to it, and how the words are linked there. */
import assert from 'node:assert/strict';
import { destinationOf, type LinkEnds, linkedWords } from '../../../server/src/features/linkText.ts';
import { firstMention, titleWords } from '../../../server/src/features/mentions.ts';
import type { ScannerKind } from '../../../server/src/scan/languages.ts';

const TITLES: readonly (readonly [title: string | null, ...words: string[]])[] = [
  ['Harbour Dues', 'Harbour Dues'],
  ['Harbour Dues | My Docs', 'Harbour Dues | My Docs', 'Harbour Dues'],
  ['Hafengebühren – Handbuch', 'Hafengebühren – Handbuch', 'Hafengebühren'],
  ['  Two\n lines ', 'Two lines'],
  ['Home'],
  ['Introduction — Docs', 'Introduction — Docs'],
  ['Erste Schritte'],
  ['API'],
  ['港湾', '港湾'],
  ['港'],
  [null],
  ['x'.repeat(200)],
];

const MENTIONS: readonly (readonly [says: string, kind: ScannerKind, text: string, found: string | null])[] = [
  ['plain words', 'markdown', 'Pay the harbour dues first.', 'harbour dues'],
  ['across a line', 'markdown', 'Pay the harbour\ndues first.', 'harbour\ndues'],
  ['in a list, a quote, a table', 'markdown', '* x\n\n> - pay harbour dues', 'harbour dues'],
  ['in a table', 'markdown', '| a | harbour dues |\n|---|---|', 'harbour dues'],
  ['no part of a longer word', 'markdown', 'myharbour dues and harbour duesx and harbour dues2', null],
  ['not across paragraphs', 'markdown', 'the harbour\n\ndues', null],
  ['in emphasis', 'markdown', 'the **harbour dues** of', 'harbour dues'],
  ['not in a link, but after it', 'markdown', '[harbour dues](a.md) and harbour dues', 'harbour dues'],
  [
    'not in the text, label or address of links',
    'markdown',
    '[the harbour dues][x] ![harbour dues](harbour%20dues.png) <https://x.org/harbour dues>',
    null,
  ],
  ['not in nested brackets', 'markdown', '[a [harbour dues] b](c.md) [harbour dues', null],
  ['not in code', 'markdown', '`harbour dues` ``x ` harbour dues``\n\n```\nharbour dues\n```\n\n    harbour dues\n', null],
  ['not in a fence that never ends', 'markdown', '~~~\nharbour dues\n```\nharbour dues', null],
  ['not in headings', 'markdown', '# Harbour dues\n\nharbour dues\n===\n\nharbour dues\n---\n', null],
  ['before a heading that is underlined', 'markdown', 'harbour dues\nmore words\n---\n', 'harbour dues'],
  [
    'not in front matter, definitions, HTML',
    'markdown',
    '---\ntitle: harbour dues\n---\n[x]: harbour dues\n<div>\nharbour dues\n</div>\n',
    'harbour dues',
  ],
  ['not in addresses', 'markdown', 'https://x.org/?q=harbour%20dues', null],
  ['escaped', 'markdown', '\\[harbour dues\\]', 'harbour dues'],
  ['in a paragraph of HTML', 'html', '<p class="harbour dues">Pay the Harbour <b>Dues</b>, harbour&amp; harbour dues</p>', 'harbour dues'],
  [
    'not in links, headings, code, scripts, comments',
    'html',
    '<title>harbour dues</title><a href=x>harbour dues</a><h2>harbour dues</h2><code>harbour dues</code><script>harbour dues</script><!-- harbour dues -->',
    null,
  ],
  ['an attribute with a sign in it', 'html', '<p title="a > harbour dues">x</p>', null],
  ['a tag that never ends', 'html', '<p harbour dues', null],
  ['a sign that is no tag', 'html', '1 < 2 harbour dues', 'harbour dues'],
];

const DESTINATIONS: readonly (readonly [ends: Partial<LinkEnds>, destination: string])[] = [
  [{ from: 'index.md', to: 'guide/dues.md' }, 'guide/dues.md'],
  [{ from: 'a/b/c.md', to: 'a/d/dues.md' }, '../d/dues.md'],
  [{ from: 'a/b.md', to: 'dues.md' }, '../dues.md'],
  [{ from: 'a/b.md', to: 'a/b/c.md' }, 'b/c.md'],
  [{ from: 'x.md', to: 'my dues (1)#?%.md' }, 'my%20dues%20%281%29%23%3F%25.md'],
  [{ from: 'x.md', to: 'gebühren.md' }, 'gebühren.md'],
  [{ from: 'x.md', to: 'a:b.md' }, './a:b.md'],
  [{ from: 'content/x.md', to: 'content/y.md', builder: 'hugo', address: 'https://s.org/docs/y/' }, '/docs/y/'],
  [{ from: 'docs/x.md', to: 'docs/y.md', builder: 'mkdocs', address: 'https://s.org/y/' }, 'y.md'],
  [{ from: 'content/x.md', to: 'content/y.md', builder: 'hugo', address: null }, 'y.md'],
];

describe('titles that stand for a page', () => {
  for (const [title, ...words] of TITLES) it(String(title).slice(0, 40), () => assert.deepEqual(titleWords(title), words));
});

describe('mentions of a page', () => {
  for (const [says, kind, text, found] of MENTIONS) {
    it(says, () => {
      const mention = firstMention(text, kind, ['Harbour Dues']);
      assert.equal(mention === null ? null : text.slice(mention.start, mention.end), found);
      if (says.includes('but after it')) assert.ok((mention?.start ?? 0) > 20);
    });
  }

  it('finds words in scripts that have no spaces', () => {
    const text = 'この港湾施設では';
    assert.deepEqual(firstMention(text, 'markdown', ['港湾']), { start: 2, end: 4 });
  });

  it('takes the longest of several titles', () => {
    const mention = firstMention('See Dues | Docs here', 'markdown', ['Dues', 'Dues | Docs']);
    assert.deepEqual(mention, { start: 4, end: 15 });
  });

  it('stays linear in hostile texts', () => {
    for (const piece of ['[', '`a``', '<', '{', '(', '*', '\\', '> ', '[[](', 'harbour ']) {
      const text = `${piece.repeat(60_000)}\n\nharbour dues`;
      assert.equal(firstMention(text, 'markdown', ['Harbour Dues']) !== null || piece === '> ', true, piece);
      firstMention(text, 'html', ['Harbour Dues']);
    }
  });
});

describe('words that become a link', () => {
  for (const [ends, destination] of DESTINATIONS) {
    it(`${ends.from} → ${ends.to}: ${destination}`, () =>
      assert.equal(destinationOf({ from: '', to: '', builder: null, address: null, ...ends }), destination));
  }

  it('keeps the words, and what they mean, in both languages', () => {
    const ends: LinkEnds = { from: 'a.md', to: 'b&"c.md', builder: null, address: null };
    assert.equal(linkedWords('x [1]', 'markdown', ends), '[x \\[1\\]](b%26%22c.md)');
    assert.equal(linkedWords('x &amp; y', 'html', ends), '<a href="b%26%22c.md">x &amp; y</a>');
  });
});
