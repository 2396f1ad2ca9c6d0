/** An edited document gives exactly what a scan of the whole text gives: random edits of real documents, and edits that reach far. */
import assert from 'node:assert/strict';
import { MarkdownDocument } from '../../../../server/src/scan/markdown/document.ts';
import { scanMarkdown } from '../../../../server/src/scan/markdown.ts';
import { realDocuments } from './realDocuments.ts';

const OPTIONS = { url: 'https://site.example/docs/' };
const LONGEST = 30_000;
const EDITS_EACH = 10;

/** What is typed or pasted: what opens, closes or joins blocks and links. */
const PIECES = [
  '[',
  ']',
  '](',
  ')',
  '[a]: x\n',
  '\n[npm]: /u\n',
  '[^a]: ',
  'http://a.b ',
  '<a href="x">',
  '</a>',
  '<!--',
  '-->',
  '`',
  '\n',
  '\n\n',
  '\r',
  '    ',
  '- ',
  '1. ',
  '> ',
  '# ',
  '---\n',
  '---',
  '+++\n',
  '=',
  '```\n',
  '|-|-|\n',
  '<div>',
  '<pre>',
  '<base href="http://b.c/">',
  'a',
];

interface Change {
  readonly start: number;
  readonly removed: number;
  readonly text: string;
}

function apply(document: MarkdownDocument, before: string, { start, removed, text }: Change): string {
  const after = before.slice(0, start) + text + before.slice(start + removed);
  const result = document.update(after, { start, removed, inserted: text.length });
  assert.deepEqual(
    result,
    scanMarkdown(after, OPTIONS),
    JSON.stringify({ around: before.slice(Math.max(0, start - 60), start + removed + 60), start, removed, text }),
  );
  return after;
}

describe('Markdown documents under edits', () => {
  const FAR: readonly (readonly [name: string, before: string, changes: readonly Change[]])[] = [
    ['a definition changes under its uses', `[a] [b][a]\n\n${'text\n\n'.repeat(2000)}[a]: x\n`, [{ start: 12_017, removed: 0, text: '/y' }]],
    [
      'a definition appears and goes',
      `[a]\n\n${'text\n\n'.repeat(2000)}`,
      [
        { start: 12_005, removed: 0, text: '[a]: x\n' },
        { start: 12_005, removed: 7, text: '' },
      ],
    ],
    [
      'a fence opens and closes',
      `${'[a](b)\n\n'.repeat(2000)}`,
      [
        { start: 800, removed: 0, text: '```\n' },
        { start: 9000, removed: 0, text: '```\n' },
        { start: 800, removed: 4, text: '' },
      ],
    ],
    [
      'front matter closes far down',
      `---\ntitle: x\n\n${'[a](b)\n\n'.repeat(1000)}`,
      [
        { start: 8014, removed: 0, text: '---\n' },
        { start: 0, removed: 1, text: '' },
      ],
    ],
    [
      'an HTML link spans blocks',
      `<a href="x">\n\n${'word\n\n'.repeat(5)}</a>\n\n${'[a](b)\n\n'.repeat(1000)}`,
      [
        { start: 20, removed: 0, text: 'more ' },
        { start: 44, removed: 4, text: '' },
        { start: 2000, removed: 0, text: '</a>' },
      ],
    ],
    [
      'a base comes and goes',
      `[a](b)\n\n<base href="/c/">\n\n${'[a](b)\n\n'.repeat(1000)}`,
      [
        { start: 20, removed: 0, text: 'd' },
        { start: 8, removed: 18, text: '' },
      ],
    ],
    [
      'everything goes',
      '[a](b)\n\n[c](d)',
      [
        { start: 0, removed: 14, text: '' },
        { start: 0, removed: 0, text: '[e](f)' },
      ],
    ],
    [
      'a block joins the one before',
      'a\n\n# [b](c)\n\n[d](e)',
      [
        { start: 1, removed: 2, text: '' },
        { start: 0, removed: 0, text: '> ' },
        { start: 2, removed: 0, text: '    ' },
      ],
    ],
  ];
  for (const [name, before, changes] of FAR) {
    it(name, () => {
      const document = new MarkdownDocument(before, OPTIONS, true);
      let text = before;
      for (const change of changes) text = apply(document, text, change);
    });
  }

  it('follows random edits of real documents', function () {
    this.timeout(120_000);
    let seed = 20_261_123;
    const below = (limit: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((seed / 2 ** 32) * limit);
    };
    let edits = 0;
    const documents = realDocuments().filter(({ text }) => text.length > 0);
    for (const { text: whole } of documents) {
      const from = below(Math.max(1, whole.length - LONGEST));
      let text = whole.slice(from, from + LONGEST);
      const document = new MarkdownDocument(text, OPTIONS, true);
      for (let edit = 0; edit < EDITS_EACH; edit++) {
        const start = below(text.length + 1);
        const removed = below(2) === 0 ? 0 : Math.min(text.length - start, below(below(200) + 1));
        const pasted = text.slice(below(text.length)).slice(0, below(300));
        const kind = below(10);
        text = apply(document, text, { start, removed, text: kind < 2 ? '' : kind < 4 ? pasted : (PIECES[below(PIECES.length)] ?? '') });
        edits++;
      }
    }
    console.log(`      ${edits} edits of ${documents.length} documents, 0 differences`);
  });
});
