/** What the picker, the price and the running totals say. */
import assert from 'node:assert/strict';
import { amountWords, balanceWords, budgetWords, priceWords, spentWords } from '../../../client/src/moneyWords.ts';
import { costWords, fillsWords, idIsOptional, keyNames, offerDetail, sourceName } from '../../../client/src/sourceWords.ts';
import { createWords } from '../../../client/src/words.ts';
import { offerSources } from '../../../server/src/sources/offers.ts';
import { dollars } from '../../../shared/amounts.ts';
import type { SourceOffer } from '../../../shared/protocol.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { SOURCE_IDS, SOURCES } from '../../../shared/sources.ts';
import type { Price, Usage } from '../../../shared/spending.ts';
import { english, words } from './support/samples.ts';

const OFFER: SourceOffer = {
  id: 'ahrefs',
  label: 'Ahrefs',
  host: 'api.ahrefs.com',
  experimental: true,
  fields: ['sourceUrl', 'title'],
  targetKinds: ['domain', 'page'],
  cost: { unit: 'units', perCall: 0, perTarget: 12, perPage: 0, perRow: 16, atLeast: 50 },
  batch: 100,
  missing: null,
};
const USAGE: Usage = {
  source: { id: 'dataforseo', label: 'DataForSEO', remote: true },
  unit: 'USD',
  free: false,
  perLink: 0.02,
  today: { calls: 7, rows: 1284, amount: 0.16 },
  session: { calls: 0, rows: 0, amount: 0 },
  budget: { perDay: 5, left: 4.84 },
  balance: { left: 37.12, limit: 50, renews: '2026-12-01' },
};

describe('amounts', () => {
  const cases: readonly [amount: number, en: string, de: string][] = [
    [0, '$0.00', '0,00 $'],
    [0.16, '$0.16', '0,16 $'],
    [0.000036, '$0.000036', '0,000036 $'],
    [0.0099, '$0.0099', '0,0099 $'],
    [0.003, '$0.003', '0,003 $'],
    [4.846, '$4.85', '4,85 $'],
    [1234.5, '$1,234.50', '1.234,50 $'],
  ];
  for (const [amount, en, de] of cases) {
    it(`${amount} dollars: ${en}`, () => assert.deepEqual([dollars(amount, 'en'), dollars(amount, 'de').replaceAll('\u00a0', ' ')], [en, de]));
  }

  it('count in the unit of the source, one and many', () => {
    const said = (['credits', 'units', 'rows', 'calls'] as const).flatMap((unit) => [amountWords(1, unit, words), amountWords(1200, unit, words)]);
    assert.deepEqual(said, ['1 credit', '1,200 credits', '1 unit', '1,200 units', '1 row', '1,200 rows', '1 call', '1,200 calls']);
  });
});

describe('a price', () => {
  const price: Price = { targets: 611, calls: 7, amount: 0.16, unit: 'USD', free: false, budgetLeft: null };
  it('is said in targets, calls and the unit of the source', () => {
    assert.equal(priceWords(price, words), '611 targets, 7 calls, about $0.16');
    assert.equal(priceWords({ ...price, targets: 1, calls: 1, amount: 50, unit: 'units' }, words), '1 target, 1 call, about 50 units');
    assert.equal(priceWords({ ...price, unit: 'calls', amount: 7 }, words), '611 targets, 7 calls');
    assert.equal(priceWords({ ...price, targets: 3, calls: 1, unit: 'calls', amount: 2 }, words), '3 targets, 2 calls');
  });
});

describe('usage', () => {
  it('says what was spent, without what is not billed', () => {
    assert.equal(spentWords(USAGE.today, USAGE, words), '7 calls, 1,284 rows, $0.16');
    assert.equal(spentWords(USAGE.session, USAGE, words), 'nothing asked');
    assert.equal(spentWords({ calls: 2, rows: 0, amount: 2 }, { unit: 'calls', free: true }, words), '2 calls');
    assert.equal(spentWords({ calls: 2, rows: 50, amount: 50 }, { unit: 'rows', free: false }, words), '2 calls, 50 rows');
  });

  it('says what is left of the budget and of the account, where that is known', () => {
    assert.equal(budgetWords(USAGE, words), '$4.84 of $5.00 left today');
    assert.equal(budgetWords({ ...USAGE, budget: null }, words), null);
    assert.equal(budgetWords({ ...USAGE, budget: { perDay: 1, left: -0.2 } }, words), '$0.00 of $1.00 left today');
    assert.equal(balanceWords(USAGE, words), '$37.12 of $50.00 left, renewed Dec 1, 2026');
    assert.equal(balanceWords({ ...USAGE, balance: { left: 3, limit: null, renews: null } }, words), '$3.00 left');
    assert.equal(balanceWords({ ...USAGE, balance: { left: null, limit: 3, renews: null } }, words), null);
    assert.equal(balanceWords({ ...USAGE, balance: null }, words), null);
  });
});

describe('offers in words', () => {
  it('says what a source fills', () => {
    assert.equal(fillsWords(OFFER, words), 'Backlinks, 2 of 15 fields');
    assert.equal(fillsWords({ ...OFFER, targetKinds: ['domain'] }, words), 'Backlinks, 2 of 15 fields, of domains only');
    assert.equal(fillsWords({ ...OFFER, id: 'bing' }, words), 'Backlinks, 2 of 15 fields, of your own sites only');
    assert.equal(fillsWords({ ...OFFER, fields: [] }, words), 'Strength and counts of domains, no backlinks');
  });

  it('says what it costs, and what costs the same once', () => {
    assert.equal(costWords(OFFER, words), '12 units a target, 16 units a row, at least 50 units');
    const cost = { unit: 'USD', perCall: 0.024, perTarget: 0.000036, perPage: 0.024, perRow: 0.000036 } as const;
    assert.equal(costWords({ ...OFFER, cost }, words), '$0.024 a call, $0.000036 a target or row');
    const quota = { unit: 'rows', perCall: 0, perTarget: 1, perPage: 0, perRow: 1 } as const;
    assert.equal(costWords({ ...OFFER, cost: quota }, words), '1 row of the quota a target or row');
    const bing = { unit: 'calls', perCall: 2, perTarget: 0, perPage: 1, perRow: 0 } as const;
    assert.equal(costWords({ ...OFFER, cost: bing }, words), '2 calls a look-up, 1 call a page of rows');
    assert.equal(costWords({ ...OFFER, cost: null }, words), 'free');
    assert.equal(costWords({ ...OFFER, id: 'searchmetrics', cost: null }, words), 'may need a key and cost units');
  });

  it('says what is wrong with an address instead', () => {
    assert.equal(offerDetail({ ...OFFER, missing: 'Mend the address.' }, words), 'Mend the address.');
  });

  it('has a name, a line and names for the key of every source, as the server offers them', () => {
    const german = createWords((message) => `${message}!`, 'de');
    for (const offer of offerSources(DEFAULT_SETTINGS)) {
      assert.notEqual(sourceName(offer.id, english), '');
      assert.notEqual(offerDetail(offer, words), '');
      assert.notEqual(offerDetail(offer, german), '');
      const { id, secret } = keyNames(offer.id, english);
      assert.notEqual(secret, '');
      assert.equal(id === null, !/login/.test(SOURCES[offer.id].key), offer.id);
    }
    assert.deepEqual(
      SOURCE_IDS.filter((id) => idIsOptional(id)),
      ['moz'],
    );
  });
});
