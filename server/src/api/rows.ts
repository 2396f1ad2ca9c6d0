/** `GET /v3/links/rows`: rows with every filter and order that the index knows, in the contract's fields and our own. */
import { LINK_TAGS } from '../../../shared/backlinks.ts';
import { ROW_SORTS, ROW_STATUSES, type RowFilter } from '../../../shared/queries.ts';
import { toWireList, toWireOwnRow, WIRE_ROW_FIELDS, wireListSchema } from './contract.ts';
import { anyText, choice, dayParameter, INTERNAL, LIMIT, OFFSET, patterned, readListParameters, URL_PARAMETER, yesOrNo } from './parameters.ts';
import { COUNT, DAY_OR_NULL, LOST, STRENGTH_OR_NULL } from './schemas.ts';
import type { Asked, Service } from './service.ts';
import { knownTotal } from './services/counts.ts';

const STATUS = choice('status', ROW_STATUSES, 'Links that stand, of these the new ones, those that are gone, or all.', 'live');
const FOLLOWED = yesOrNo('followed', 'Followed links of kind a, aimg and area; false: the others of these kinds.');
const TAG = choice('tag', LINK_TAGS, 'Links made with this kind of element.');
const COUNTRY = patterned('country', /^[A-Za-z]{2}$/, 'DE', 'ISO 3166-1 code of the country of the server of the page.');
const SINCE = dayParameter('since', 'New ones first seen, and lost ones lost, on this day or later.');
const ANCHOR = anyText('anchor', 'The link text contains this, whatever the case.');
const ONE_PER_DOMAIN = yesOrNo('onePerDomain', 'Only the first row of each referring domain; `more` then says how many more it has.');
const SORT = choice('sort', ROW_SORTS, 'Strongest page first, or latest first seen first.', 'strength');

const ROW = {
  type: 'object',
  properties: {
    ...WIRE_ROW_FIELDS,
    strength: STRENGTH_OR_NULL,
    rel: { type: ['array', 'null'], items: { type: 'string' }, description: 'The rel tokens of the link.' },
    firstSeen: DAY_OR_NULL,
    lastSeen: DAY_OR_NULL,
    lost: LOST,
    more: { ...COUNT, description: 'With onePerDomain: how many more rows the domain has.' },
  },
  required: [...Object.keys(WIRE_ROW_FIELDS), 'strength', 'rel', 'firstSeen', 'lastSeen', 'lost'],
};

export const rows: Service = {
  name: 'links/rows',
  method: 'GET',
  says: 'The rows of a target, filtered and ordered: the fields of the contract and our own.',
  parameters: [URL_PARAMETER, LIMIT, OFFSET, INTERNAL, STATUS, FOLLOWED, TAG, COUNTRY, SINCE, ANCHOR, ONE_PER_DOMAIN, SORT],
  reply: wireListSchema(ROW),
  async answer({ store, signal, ...asked }) {
    const started = performance.now();
    const query = { ...readListParameters(asked), internal: INTERNAL.read(asked), filter: readFilter(asked), sort: SORT.read(asked) };
    const page = await store.rows(query, signal);
    const total = page.total === null ? null : await knownTotal(store, query.target, page.total, () => signal);
    const found = page.rows.map((row, at) => toWireOwnRow(row, page.more?.[at]));
    return { body: toWireList(found, total, performance.now() - started), generation: page.generation };
  },
};

function readFilter(asked: Asked): RowFilter {
  return {
    status: STATUS.read(asked),
    followed: FOLLOWED.read(asked),
    tag: TAG.read(asked),
    country: COUNTRY.read(asked),
    since: SINCE.read(asked),
    anchor: ANCHOR.read(asked),
    onePerDomain: ONE_PER_DOMAIN.read(asked),
  };
}
