/** A local index is asked about private hosts, since it may be an index of one's own network; where it has seen nothing, that is said. */
import assert from 'node:assert/strict';
import { isPrivateAndUnseen } from '../../../server/src/facts/admission.ts';
import type { Known, Summary } from '../../../shared/backlinks.ts';
import { summary, target } from './support.ts';

describe('facts: private hosts and a local source', () => {
  const seen = (url: string, backlinks: number, internalBacklinks: number): Known<Summary> => ({
    state: 'fresh',
    value: { ...summary(target(url), backlinks), internalBacklinks },
    at: 0,
  });
  const cases: readonly (readonly [what: string, url: string, known: (url: string) => Known<Summary>, unseen: boolean])[] = [
    ['an address of the network, none seen', 'http://192.168.1.7/a', (url) => seen(url, 0, 0), true],
    ['localhost, none seen', 'http://localhost:4711/', (url) => seen(url, 0, 0), true],
    ['a bare name that the index knows from inside', 'http://wiki/start', (url) => seen(url, 0, 3), false],
    ['a bare name with links to it', 'http://wiki/start', (url) => seen(url, 2, 0), false],
    ['a host of the web, none seen', 'https://never-seen.org/', (url) => seen(url, 0, 0), false],
    ['a host of the web with a secret in its address', 'https://site.org/?token=abcdefghijklmnop', (url) => seen(url, 0, 0), false],
    ['a private address that is still looked up', 'http://10.0.0.1/', () => ({ state: 'pending', last: null }), false],
  ];
  for (const [what, url, known, unseen] of cases) {
    it(`${what}: ${unseen ? 'private' : 'as it is'}`, () => assert.equal(isPrivateAndUnseen(target(url), known(url)), unseen));
  }
});
