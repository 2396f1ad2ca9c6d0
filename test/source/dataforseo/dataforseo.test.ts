/** DataForSEO against the one suite. What only it does is in rows, summaries and deepRows. */
import { createDataForSeoSource } from '../../../server/src/sources/dataforseo/source.ts';
import { describeVendor } from '../vendor.ts';
import { DATAFORSEO_FAILURES } from './failures.ts';
import { BASIC, dataForSeo, KEY } from './world.ts';

describeVendor({
  id: 'dataforseo',
  key: KEY,
  secrets: [KEY.secret, BASIC],
  handler: dataForSeo,
  create: createDataForSeoSource,
  failures: DATAFORSEO_FAILURES,
  totals: 'rows',
  rowsOrder: 'strength',
});
