/** What asking costs, worked out by hand. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { amountText, callsFor, priceOf, rowsCost, summariesCost, targetsFor, walkCost } from '../../../server/src/facts/price.ts';
import type { SourceCost } from '../../../server/src/sources/source.ts';
import { bench, fakeSource, OPEN_POLICY, targets } from './support.ts';

const DOLLARS: SourceCost = { unit: 'USD', perCall: 0.02, perTarget: 0.00003, perPage: 0.02, perRow: 0.00003 };
const ROWS: SourceCost = { unit: 'rows', perCall: 0, perTarget: 1, perPage: 0, perRow: 1 };
const UNITS: SourceCost = { unit: 'units', perCall: 0, perTarget: 12, perPage: 0, perRow: 2, atLeast: 50 };
const CREDITS: SourceCost = { unit: 'credits', perCall: 1, perTarget: 0, perPage: 1, perRow: 0 };

describe('price', () => {
  for (const [what, cost, targetsACall, call, rows, page] of [
    ['dollars', DOLLARS, 100, 0.023, 250, 0.0275],
    ['rows', ROWS, 50, 50, 50, 50],
    ['units with a least price, below it', UNITS, 4, 50, 10, 50],
    ['units with a least price, above it', UNITS, 5, 60, 100, 200],
    ['credits a call', CREDITS, 1_000, 1, 250, 1],
    ['nothing: counted in calls', null, 100, 1, 250, 1],
  ] as const) {
    it(`counts ${what}`, () => {
      assert.ok(Math.abs(summariesCost(cost, targetsACall) - call) < 1e-9);
      assert.ok(Math.abs(rowsCost(cost, rows) - page) < 1e-9);
    });
  }

  for (const [what, cost, rowsPerCall, rows, calls, amount] of [
    ['pages as they are', ROWS, undefined, 10_000, 40, 10_000],
    ['long calls: $0.02 each saved', DOLLARS, 1_000, 10_000, 10, 0.5],
    ['a last call that is shorter', DOLLARS, 1_000, 2_500, 3, 0.135],
    ['short calls', UNITS, 100, 250, 3, 500],
    ['nothing', DOLLARS, undefined, 0, 0, 0],
  ] as const) {
    it(`prices a walk through rows: ${what}`, () => {
      const { capabilities } = fakeSource({ cost, ...(rowsPerCall === undefined ? {} : { rowsPerCall }) });
      const price = walkCost(capabilities, rows, 250);
      assert.equal(price.calls, calls);
      assert.ok(Math.abs(price.amount - amount) < 1e-9, String(price.amount));
    });
  }

  for (const [targetsWanted, batch, cost, calls, amount] of [
    [0, 100, DOLLARS, 0, 0],
    [1, 100, DOLLARS, 1, 0.02003],
    [611, 100, DOLLARS, 7, 0.15833],
    [600, 100, DOLLARS, 6, 0.138],
    [611, 1, UNITS, 611, 30_550],
    [611, 10, UNITS, 62, 7_370],
    [611, 1_000, CREDITS, 1, 1],
    [611, 100, null, 7, 7],
  ] as const) {
    it(`says ${calls} calls and ${amount} of ${cost?.unit ?? 'calls'} for ${targetsWanted} targets, ${batch} a call`, () => {
      const price = priceOf(targetsWanted, { ...fakeSource().capabilities, remote: true, summaryBatch: batch, cost }, null);
      assert.deepEqual([price.targets, price.calls, price.unit], [targetsWanted, calls, cost?.unit ?? 'calls']);
      assert.ok(Math.abs(price.amount - amount) < 1e-9, String(price.amount));
      assert.equal(price.free, cost === null);
    });
  }

  it('counts a call for each kind in a batch where a call takes only one', () => {
    const kinds = [...Array<'page'>(150).fill('page'), ...Array<'domain'>(20).fill('domain')];
    const { capabilities } = fakeSource();
    assert.equal(callsFor(kinds, { ...capabilities, summaryBatch: 100 }), 2);
    assert.equal(callsFor(kinds, { ...capabilities, summaryBatch: 100, oneKindPerCall: true }), 3);
    assert.equal(callsFor([], { ...capabilities, summaryBatch: 100, oneKindPerCall: true }), 0);
  });

  it('asks for as many targets as an amount pays for, never for more', () => {
    const cost = fc.record({
      unit: fc.constant('units' as const),
      perCall: fc.integer({ min: 0, max: 50 }),
      perTarget: fc.integer({ min: 0, max: 20 }),
      perPage: fc.constant(0),
      perRow: fc.constant(0),
      atLeast: fc.integer({ min: 0, max: 60 }),
    });
    fc.assert(
      fc.property(cost, fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 100 }), (formula, amount, most) => {
        const many = targetsFor(formula, amount, most);
        assert.ok(many <= most);
        if (many > 0) assert.ok(summariesCost(formula, many) <= amount);
        if (many < most) assert.ok(summariesCost(formula, many + 1) > amount);
      }),
    );
  });

  for (const [amount, unit, text] of [
    [0.16, 'USD', '$0.16'],
    [0.02003, 'USD', '$0.02'],
    [0.0005, 'USD', '$0.0005'],
    [12.5, 'USD', '$12.50'],
    [0, 'USD', '$0.00'],
    [1_200, 'credits', '1,200 credits'],
    [1, 'calls', '1 call'],
  ] as const) {
    it(`writes ${text}`, () => assert.equal(amountText(amount, unit), text));
  }
});

describe('factStore: prices', () => {
  it('counts what is not known, each once, and nothing that may not be asked for', async () => {
    const { facts, clock, source, want } = await bench(
      { remote: true, summaryBatch: 10, cost: DOLLARS },
      { ...OPEN_POLICY, ignore: (url) => url.includes('site-3.') },
    );
    const never = new AbortController().signal;
    const first = await facts.price([...targets(25), ...targets(25)], never);
    assert.deepEqual([first?.targets, first?.calls], [24, 3]);
    void want(targets(20));
    await clock.advance(20);
    const second = await facts.price(targets(25), never);
    assert.deepEqual([second?.targets, second?.calls, second?.unit, second?.free], [5, 1, 'USD', false]);
    assert.equal(source.calls.length, 2, 'nothing was asked for the price');
    facts.setSource(null);
    assert.equal(await facts.price(targets(25), never), null);
  });

  it('is free at a local source', async () => {
    const { facts } = await bench({ remote: false, cost: CREDITS });
    assert.equal((await facts.price(targets(2), new AbortController().signal))?.free, true);
  });
});
