/** The price on the command line: who is asked, who has to say so beforehand, and what is never paid. */
import assert from 'node:assert/strict';
import type { Io } from '../../../server/src/commands/io.ts';
import { agreeTo, type PriceOptions, tellPrice } from '../../../server/src/commands/price.ts';
import { BacklinkLensError, isAbort } from '../../../server/src/util/errors.ts';
import type { Price } from '../../../shared/spending.ts';

const PRICE: Price = { targets: 611, calls: 7, amount: 0.16, unit: 'USD', free: false, budgetLeft: null };

function terminal(answer: boolean | null): { io: Io; said: string[] } {
  const said: string[] = [];
  const io: Io = {
    out: () => assert.fail('a price is no output'),
    error: (text) => void said.push(text),
    columns: 80,
    color: false,
    interactive: answer !== null,
    ...(answer === null
      ? {}
      : {
          confirm: async (question: string) => {
            said.push(question);
            return answer;
          },
        }),
    locale: 'en',
    environment: {},
    signal: new AbortController().signal,
    setExitCode: () => {},
  };
  return { io, said };
}

describe('a price on the command line', () => {
  const cases: readonly (readonly [what: string, answer: boolean | null, options: PriceOptions, outcome: string, said: RegExp])[] = [
    ['a person agrees', true, {}, 'go', /^DataForSEO: 611 targets, 7 calls, about \$0\.16\. Go on\?$/],
    ['a person does not', false, {}, 'stop', /Go on\?$/],
    ['a script has not said so', null, {}, 'usage.invalid', /^$/],
    ['a script has', null, { yes: true }, 'go', /^DataForSEO: 611 targets, 7 calls, about \$0\.16\.\n$/],
    ['it may cost as much', null, { maxCost: 0.16 }, 'go', /about \$0\.16\.\n$/],
    ['it may not', true, { maxCost: 0.15 }, 'budget.spent', /^$/],
    ['it may not, whatever else was said', null, { yes: true, maxCost: 0.15 }, 'budget.spent', /^$/],
  ];
  for (const [what, answer, options, outcome, words] of cases) {
    it(`${what}: ${outcome}`, async () => {
      const { io, said } = terminal(answer);
      const became = await agreeTo(PRICE, 'DataForSEO', options, io).then(
        () => 'go',
        (error: unknown) => (isAbort(error) ? 'stop' : BacklinkLensError.is(error) ? error.code : String(error)),
      );
      assert.equal(became, outcome);
      assert.match(said.join(''), words);
    });
  }

  it('is said of a single page, without a question', () => {
    const { io, said } = terminal(null);
    tellPrice({ ...PRICE, targets: 1, calls: 1, amount: 50, unit: 'units' }, 'Ahrefs', undefined, io);
    assert.deepEqual(said, ['Ahrefs: 1 target, 1 call, about 50 units.\n']);
  });
});
