/** What the view *Lost Pages* says. */
import assert from 'node:assert/strict';
import { lostWords } from '../../../../client/src/views/lostWords.ts';
import { createWords } from '../../../../client/src/words.ts';
import type { LostPageEntry } from '../../../../shared/moves.ts';

const words = createWords((message, ...args) => message.replace(/\{(\d)\}/g, (_, index) => String(args[Number(index)])), 'en');
const PAGE: LostPageEntry = {
  ...{ folder: 'file:///w', url: 'https://x.org/docs/gone/', path: '/docs/gone/', below: '/gone/', message: '/docs/gone/ was removed.' },
  ...{ backlinks: 1_200, domains: 5, followedDomains: 4, redirect: { to: 'https://x.org/docs/', file: '_redirects' } },
};

describe('the view of lost pages', () => {
  it('says who links there, and what a redirect would do', () => {
    assert.deepEqual(lostWords(PAGE, words), {
      label: '/docs/gone/',
      description: '1,200 from 5 domains',
      tooltip: '/docs/gone/ was removed.\nRedirect to /docs/, in _redirects',
      spoken: '/docs/gone/, 1,200 from 5 domains',
      context: 'lost redirect',
    });
  });

  it('offers no redirect where none can be written', () => {
    const { tooltip, context, description } = lostWords({ ...PAGE, domains: 1, redirect: null }, words);
    assert.deepEqual([tooltip, context, description], ['/docs/gone/ was removed.', 'lost', '1,200 from 1 domain']);
  });
});
