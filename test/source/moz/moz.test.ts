/** Moz against the one suite, by access id and by token. */
import { createMozSource } from '../../../server/src/sources/moz/source.ts';
import { describeVendor } from '../vendor.ts';
import { V2_FAILURES, V3_FAILURES } from './failures.ts';
import { LOGIN, TOKEN, v2, v3 } from './world.ts';

const basic = Buffer.from(`${LOGIN.id}:${LOGIN.secret}`).toString('base64');

describeVendor({
  id: 'moz',
  variant: 'API v2',
  key: LOGIN,
  secrets: [LOGIN.id, LOGIN.secret, basic],
  handler: v2,
  create: createMozSource,
  failures: V2_FAILURES,
  totals: 'none',
  rowsOrder: 'strength',
  internal: ['exclude'],
});
describeVendor({
  id: 'moz',
  variant: 'Moz API',
  key: TOKEN,
  secrets: [TOKEN.secret],
  handler: v3,
  create: createMozSource,
  failures: V3_FAILURES,
  totals: 'none',
  rowsOrder: 'strength',
  internal: ['exclude'],
});
