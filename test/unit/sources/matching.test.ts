/** Which reply belongs to which target of a batch. */
import assert from 'node:assert/strict';
import { matchReplies } from '../../../server/src/sources/matching.ts';

const CASES: readonly {
  readonly what: string;
  readonly sent: readonly string[];
  readonly replies: readonly string[];
  readonly found: readonly (string | null)[];
}[] = [
  { what: 'nothing sent', sent: [], replies: ['d a.com'], found: [] },
  { what: 'nothing replied', sent: ['d a.com'], replies: [], found: [null] },
  { what: 'another order', sent: ['d a.com', 'd b.com'], replies: ['d b.com', 'd a.com'], found: ['d a.com', 'd b.com'] },
  { what: 'a left out one', sent: ['d a.com', 'd b.com'], replies: ['d b.com'], found: [null, 'd b.com'] },
  { what: 'another case, scheme and slash', sent: ['u https://A.com/x/'], replies: ['u a.com/X'], found: ['u a.com/X'] },
  {
    what: 'the exact one before the similar one',
    sent: ['u a.com/x', 'u a.com/x/'],
    replies: ['u a.com/x/', 'u a.com/x'],
    found: ['u a.com/x', 'u a.com/x/'],
  },
  { what: 'similar ones, each given once', sent: ['u a.com/x', 'u a.com/x/'], replies: ['u http://a.com/x'], found: ['u http://a.com/x', null] },
  { what: 'one name in two groups', sent: ['d a.com', 'h a.com'], replies: ['h a.com', 'd a.com'], found: ['d a.com', 'h a.com'] },
  { what: 'another group', sent: ['d a.com'], replies: ['h a.com'], found: [null] },
  { what: 'the same twice', sent: ['d a.com', 'd a.com'], replies: ['d a.com', 'd a.com'], found: ['d a.com', 'd a.com'] },
  { what: 'a reply too many', sent: ['d a.com'], replies: ['d a.com', 'd evil.com'], found: ['d a.com'] },
];

const named = (text: string) => {
  const [group = '', name = ''] = text.split(' ');
  return { group, name, text };
};

describe('replies of a batch', () => {
  for (const { what, sent, replies, found } of CASES) {
    it(`are matched: ${what}`, () => {
      const matched = matchReplies(sent.map(named), replies.map(named));
      assert.deepEqual(
        matched.map((reply) => reply?.text ?? null),
        found,
      );
    });
  }
});
