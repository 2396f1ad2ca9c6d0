/** What is asked before pages move. */
import assert from 'node:assert/strict';
import { moveQuestion } from '../../../client/src/moveWords.ts';
import { createWords } from '../../../client/src/words.ts';
import type { MoveAdvice } from '../../../shared/moves.ts';

const words = createWords((message, ...args) => message.replace(/\{(\d)\}/g, (_, index) => String(args[Number(index)])), 'en');
const ADVICE: MoveAdvice = {
  ...{ pages: 1, page: 'guide/install.md', address: 'https://x.org/guide/install/', backlinks: 1_320, domains: 41, folderLinks: 14 },
  ...{
    redirect: { from: '/guide/install/', to: '/guide/setup/', file: '_redirects', count: 1 },
    onMove: 'prompt',
    links: null,
    linkEdits: 0,
    unread: 0,
    redirects: null,
  },
};

describe('the question before a move', () => {
  const CASES: readonly [name: string, advice: Partial<MoveAdvice>, message: string][] = [
    ['domains', {}, '41 domains link to guide/install.md.'],
    ['one domain', { domains: 1 }, '1 domain links to guide/install.md.'],
    ['links, where domains are not counted', { domains: null }, '1,320 backlinks lead to guide/install.md.'],
    ['seen none', { backlinks: 0, domains: 0 }, 'No other site was seen linking to guide/install.md.'],
    ['not known', { backlinks: null, domains: null }, 'Who links to guide/install.md from other sites is not known.'],
    ['several pages', { pages: 12 }, '1,320 backlinks from at least 41 domains lead to 12 pages.'],
  ];
  for (const [name, advice, message] of CASES) it(name, () => assert.equal(moveQuestion({ ...ADVICE, ...advice }, false, words).message, message));

  it('says what would be written, and that it goes with the move', () => {
    assert.equal(
      moveQuestion(ADVICE, false, words).detail,
      '1,320 backlinks in all. 14 links of this folder lead there, too.\n\nA redirect from /guide/install/ to /guide/setup/ would be written to _redirects. It is undone together with the renaming.',
    );
    const several = { ...ADVICE, pages: 3, redirect: { from: '/a/', to: '/b/', file: '_redirects', count: 3 } };
    const question = moveQuestion(several, true, words);
    assert.match(
      question.detail,
      /^Most of them lead to guide\/install\.md\. .*\n\n3 redirects, the first from \/a\/ to \/b\/, .* with the deletion\.$/,
    );
    assert.equal(question.yes, 'Add Redirects');
  });
});
