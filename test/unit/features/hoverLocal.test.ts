/** The hover on a link to a file of the folder: who links there, with which words, how far it is from the start. */
import assert from 'node:assert/strict';
import { createHover } from '../../../server/src/features/hover/hover.ts';
import type { HoverInput } from '../../../server/src/features/hover/input.ts';
import { hoverInput, type LinkParts, readHover } from './samples.ts';

describe('hover on a link to a file of the folder', () => {
  const at = (file: string, line: number, text: string) => ({
    uri: `file:///w/${file}`,
    range: { start: { line, character: 0 }, end: { line, character: 9 } },
    text,
  });
  const link = { url: 'guide/install.md', resolved: null };
  const backlinks = [
    at('index.md', 11, 'Install'),
    at('faq.md', 39, 'click here'),
    at('faq.md', 50, 'Hier'),
    at('b.md', 0, ''),
    at('c.md', 0, 'c'),
    at('d.md', 0, 'd'),
  ];

  const CASES: readonly [name: string, parts: LinkParts & { input?: Partial<HoverInput> }, expected: readonly string[]][] = [
    [
      'who links, with which words, how far',
      { local: {}, input: { reach: { backlinks, clicks: 2, start: 'index.md' } } },
      [
        '**guide/install.md** · 5 pages of this folder link here',
        'index.md:12 “Install” · faq.md:40 “click here” · faq.md:51 “Hier” · b.md:1 · c.md:1 “c” · and 1 more',
        '2 of them say only “click here” or the like. Reached in 2 clicks from index.md.',
        '[Show all in this folder]',
      ],
    ],
    [
      'nobody',
      { local: {}, input: { reach: { backlinks: [], clicks: null, start: 'index.md' } } },
      ['**guide/install.md** · no page of this folder links here', 'Not reached from index.md.'],
    ],
    [
      'a text that is the page’s own name says what it is',
      {
        local: { path: 'guide/details.md' },
        input: { reach: { backlinks: [at('a.md', 0, 'Details'), at('b.md', 0, 'here')], clicks: null, start: null } },
      },
      [
        '**guide/details.md** · 2 pages of this folder link here',
        'a.md:1 “Details” · b.md:1 “here”',
        '1 of them says only “here”.',
        '[Show all in this folder]',
      ],
    ],
    ['not there', { local: { exists: false } }, ['**guide/install.md**', 'There is no such file in this folder.']],
    ['still reading', { local: { exists: null } }, ['**guide/install.md**', 'Still reading the folder …']],
  ];
  for (const [name, parts, expected] of CASES) {
    it(name, () => assert.deepEqual(readHover({ ...parts, link }).split('\n\n'), expected));
  }

  it('is silent about images of the folder', () => {
    assert.equal(createHover(hoverInput({ link: { ...link, role: 'image', tag: null }, local: {} })), null);
  });

  it('is silent about a link of the page to itself', () => {
    assert.equal(createHover(hoverInput({ link: { url: '#part', resolved: null }, local: { self: true } })), null);
  });
});
