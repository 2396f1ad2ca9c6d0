/** What is decided before anything is sent, for every source alike. */
import assert from 'node:assert/strict';
import { answerEach, checkExternalOnly, checkPage, type Sendable, sentForm } from '../../../server/src/sources/asking.ts';
import { blankSummary } from '../../../server/src/sources/blank.ts';
import type { SummaryResult } from '../../../server/src/sources/source.ts';
import { BacklinkLensError, sourceError } from '../../../server/src/util/errors.ts';
import { PAGE_LIMITS } from '../../../shared/backlinks.ts';
import { target } from '../facts/support.ts';

const THERE = { host: 'api.vendor.com', remote: true, kinds: ['domain', 'host', 'page'] } as const;
const refused = (error: unknown) => BacklinkLensError.is(error, 'source.refused-target');

describe('a question for rows', () => {
  it('is for a permitted number, from a multiple of it', () => {
    for (const limit of PAGE_LIMITS) for (const offset of [0, limit, 7 * limit, 1_000_000 * limit]) checkPage({ limit, offset });
    for (const [limit, offset] of [
      [9, 0],
      [0, 0],
      [-10, 0],
      [1000, 0],
      [10, 5],
      [10, -10],
      [10, 0.5],
      [10, Number.NaN],
      [Number.NaN, 0],
      [10, Number.POSITIVE_INFINITY],
      [10, 2 ** 60],
    ] as const) {
      assert.throws(
        () => checkPage({ limit, offset }),
        (error) => BacklinkLensError.is(error, 'usage.invalid'),
        `${limit} from ${offset}`,
      );
    }
  });

  it('is refused for links inside a site where a service knows none', () => {
    checkExternalOnly('exclude', THERE.host);
    for (const internal of ['include', 'only'] as const) assert.throws(() => checkExternalOnly(internal, THERE.host), refused);
  });
});

describe('a target on its way out', () => {
  for (const [text, sent] of [
    ['example-site.com', 'example-site.com'],
    ['www.example-site.com', 'example-site.com'],
    ['blog.example-site.com', 'blog.example-site.com'],
    ['https://example-site.com/', 'https://example-site.com/'],
    ['http://me:secret@example-site.com/a#part', 'http://example-site.com/a'],
    ['https://example-site.com/?utm_source=mail&id=7', 'https://example-site.com/?id=7'],
    ['https://bücher-site.de/Straße', 'https://xn--bcher-site-9db.de/Stra%C3%9Fe'],
  ] as const) {
    it(`${text} goes as ${sent}`, () => assert.equal(sentForm(target(text), THERE), sent));
  }

  for (const text of [
    'http://localhost:8080/a',
    'http://10.1.2.3/',
    'intranet',
    'printer.local',
    'press.example',
    'https://site.com/?token=abcdef0123456789abcdef',
  ]) {
    it(`${text} does not go to another machine, and its name is not repeated`, () => {
      assert.throws(
        () => sentForm(target(text), THERE),
        (error) => refused(error) && error instanceof Error && !error.message.includes(text),
      );
    });
  }

  it('goes to a service on this machine whatever it is', () => {
    assert.equal(sentForm(target('http://10.1.2.3/'), { ...THERE, remote: false }), 'http://10.1.2.3/');
  });

  it('does not go where its kind is not known, or where only its fragment tells it apart', () => {
    assert.throws(() => sentForm(target('example-site.com/docs/*'), THERE), refused);
    assert.throws(() => sentForm(target('https://example-site.com/a'), { ...THERE, kinds: ['domain'] }), refused);
    assert.throws(() => sentForm(target('https://example-site.com/#!/a'), THERE), refused);
  });
});

describe('a batch', () => {
  const answered = ({ target: of }: Sendable): SummaryResult => ({ target: of, summary: blankSummary(of) });
  const form = ({ name }: { readonly name: string }) => {
    if (name.startsWith('bad')) throw sourceError('refused-target', 'not this one');
    return name;
  };
  const names = (results: readonly SummaryResult[]) =>
    results.map((result) => `${result.target.name} ${'error' in result ? result.error.reason : 'ok'}`);

  it('is answered in the order asked, whatever the order of the answers', async () => {
    const results = await answerEach(['a.com', 'bad.com', 'b.com'].map(target), form, async (asked) => asked.toReversed().map(answered));
    assert.deepEqual(names(results), ['a.com ok', 'bad.com refused-target', 'b.com ok']);
  });

  it('of nothing that may be sent asks nothing', async () => {
    const results = await answerEach(['bad.com', 'bad.org'].map(target), form, () => assert.fail('asked'));
    assert.deepEqual(names(results), ['bad.com refused-target', 'bad.org refused-target']);
    assert.deepEqual(await answerEach([], form, () => assert.fail('asked')), []);
  });

  it('has an outcome for a target that the answer leaves out', async () => {
    const results = await answerEach(['a.com', 'b.com'].map(target), form, async (asked) => asked.slice(1).map(answered));
    assert.deepEqual(names(results), ['a.com bad-reply', 'b.com ok']);
  });

  it('fails as the whole call does, and hands on what is no failure of ours', async () => {
    const whole = sourceError('quota', 'all used up');
    await assert.rejects(
      answerEach([target('a.com')], form, () => Promise.reject(whole)),
      whole,
    );
    const odd = new TypeError('a fault of the program');
    await assert.rejects(
      answerEach(
        [target('a.com')],
        () => {
          throw odd;
        },
        () => assert.fail('asked'),
      ),
      odd,
    );
  });
});
