/** What the table of docs/sources.md has to say of a source, worked out from the source itself; only the last column is a person's. */
import type { SourceCapabilities, SourceCost } from '../../server/src/sources/source.ts';
import type { Backlink } from '../../shared/backlinks.ts';
import { type KeyNeed, SOURCES, type SourceId, type SourceTraits } from '../../shared/sources.ts';

export const COLUMNS = ['source', 'setting', 'asked about', 'a row fills', 'needs', 'costs', 'limits', 'replies', 'guarded against'] as const;

/** Fields as people call them; those of one word go together. */
const WORDS: Readonly<Record<keyof Backlink, string>> = {
  sourceUrl: 'page',
  title: 'title',
  anchorText: 'text',
  externalLinks: 'links on the page',
  internalLinks: 'links on the page',
  totalLinks: 'links on the page',
  strength: 'strength',
  position: 'position',
  targetUrl: 'target',
  tag: 'kind',
  nofollow: 'followed',
  rel: 'rel',
  ip: 'IP',
  countryCode: 'country',
  country: 'country',
  city: 'city',
  firstSeen: 'first seen',
  lastSeen: 'last seen',
  lost: 'lost',
};

const FILES: Readonly<Partial<Record<SourceId, string>>> = { index: 'an index file', ranks: 'a file of ranks' };

/** The cells of one source, without the last column. */
export function cellsOf(can: SourceCapabilities): readonly string[] {
  const id = can.id as SourceId;
  const traits = SOURCES[id];
  return [traits.label, `\`${id}\``, can.targetKinds.join(', '), fills(can), needs(id, traits), costs(can.cost, can), limits(can), replies(can)];
}

function fills({ fields, pageLimits }: SourceCapabilities): string {
  if (pageLimits.length === 0) return 'no rows';
  return [...new Set(fields.map((field) => WORDS[field]))].join(', ');
}

const KEYS: Readonly<Record<KeyNeed, string>> = {
  none: '',
  key: 'a key',
  login: 'a login with its password',
  'key-or-login': 'a token, or an access id with its secret',
  'optional-login': 'a client id with its secret, or nothing',
};

function needs(id: SourceId, { needs: need, key }: SourceTraits): string {
  const place = need === 'file' ? (FILES[id] ?? 'a file') : need === 'address' ? 'an address' : '';
  return [place, KEYS[key]].filter((word) => word !== '').join('; ');
}

/** Per summary call and target, per page and row; what is 0 is left out. */
function costs(cost: SourceCost | null, { pageLimits }: SourceCapabilities): string {
  if (cost === null) return 'nothing';
  const price = (amount: number) => (cost.unit === 'USD' ? `$${amount}` : `${amount} ${amount === 1 ? cost.unit.replace(/s$/, '') : cost.unit}`);
  const sum = (parts: readonly (readonly [number, string])[]) => {
    const given = parts.filter(([amount]) => amount > 0).map(([amount, each]) => `${price(amount)} ${each}`);
    return given.length === 0 ? 'nothing' : given.join(' + ');
  };
  const totals = `totals ${sum([
    [cost.perCall, cost.unit === 'calls' ? 'a batch' : 'a call'],
    [cost.perTarget, 'a target'],
  ])}`;
  const rows = `rows ${sum([
    [cost.perPage, 'a page'],
    [cost.perRow, cost.unit === 'rows' ? 'each' : 'a row'],
  ])}`;
  return [totals, ...(pageLimits.length === 0 ? [] : [rows]), ...(cost.atLeast === undefined ? [] : [`at least ${price(cost.atLeast)} a call`])].join(
    '; ',
  );
}

function limits({ summaryBatch, rate, knowsTotals, pageLimits, id }: SourceCapabilities): string {
  const targets = id === 'searchmetrics' ? 'up to 1000 targets a call' : summaryBatch === 1 ? '1 target a call' : `${summaryBatch} targets a call`;
  const calls = rate === null ? [] : [`${rate.calls} call${rate.calls === 1 ? '' : 's'} in ${rate.milliseconds / 1000} s`];
  return [targets, ...calls, ...(pageLimits.length > 0 && !knowsTotals ? ['rows without a total'] : [])].join('; ');
}

function replies({ experimental }: SourceCapabilities): string {
  return experimental ? 'experimental' : 'confirmed';
}
