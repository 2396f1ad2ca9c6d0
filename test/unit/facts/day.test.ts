/** Where a day ends, where clocks are put forward and back. */
import assert from 'node:assert/strict';
import { dayOf, nextDay } from '../../../server/src/facts/day.ts';

const HOUR = 3_600_000;

describe('the day of a budget', () => {
  const zone = process.env['TZ'];
  after(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  for (const [where, at, day, hours] of [
    ['UTC', '2026-11-23T00:00:00Z', '2026-11-23', 24],
    ['UTC', '2026-11-23T23:59:59.999Z', '2026-11-23', 0],
    ['Europe/Berlin', '2026-11-23T22:59:00Z', '2026-11-23', 0],
    ['Europe/Berlin', '2026-11-23T23:00:00Z', '2026-11-24', 24],
    ['Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-24T22:00:00Z', '2026-10-25', 25],
    ['America/Los_Angeles', '2026-12-31T23:00:00Z', '2026-12-31', 9],
    ['Asia/Kathmandu', '2026-12-31T18:15:00Z', '2027-01-01', 24],
  ] as const) {
    it(`is ${day} at ${at} in ${where}, for ${hours} h more`, () => {
      process.env['TZ'] = where;
      const now = Date.parse(at);
      assert.equal(dayOf(now), day);
      assert.equal(Math.floor((nextDay(now) - now) / HOUR), hours);
      assert.notEqual(dayOf(nextDay(now)), day);
      assert.equal(dayOf(nextDay(now) - 1), day);
    });
  }
});
