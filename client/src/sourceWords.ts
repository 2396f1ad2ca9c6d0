/** What a source is called, what it fills, needs and costs, in a few words each. Pure. */
import type { SourceOffer } from '../../shared/protocol.ts';
import { isVendor, SOURCES, type SourceId } from '../../shared/sources.ts';
import type { Translate } from './figureWords.ts';
import { amountWords } from './moneyWords.ts';
import type { Words } from './words.ts';

/** Fields that a row of the contract has. */
const ALL_FIELDS = 15;

/** A vendor by its own name, the rest in the editor's language. */
export function sourceName(id: SourceId, t: Translate): string {
  if (isVendor(id)) return SOURCES[id].label;
  switch (id) {
    case 'index':
      return t('Embedded index');
    case 'ranks':
      return t('Common Crawl domain ranks');
    case 'searchmetrics':
      return t('Contract endpoint');
    case 'none':
      return t('None');
  }
}

/** One line of the picker: what it fills, and what that costs. */
export function offerDetail(offer: SourceOffer, words: Words): string {
  const { t } = words;
  const { id } = offer;
  const given = () => [fillsWords(offer, words), costWords(offer, words)].join(' · ');
  if (isVendor(id)) return offer.missing ?? given();
  switch (id) {
    case 'index':
      return t('Backlinks, from a file on this machine. Free, offline, sends nothing.');
    case 'ranks':
      return t('Strength of domains, from a file on this machine; no backlinks. Free, offline, sends nothing.');
    case 'none':
      return t('Only backlinks among the files of the open folder.');
    case 'searchmetrics':
      return given();
  }
}

/** `Backlinks, 12 of 15 fields`, or what there is instead. */
export function fillsWords({ id, fields, targetKinds }: SourceOffer, { t, count }: Words): string {
  if (fields.length === 0) return t('Strength and counts of domains, no backlinks');
  const rows = t('Backlinks, {0} of {1} fields', count(fields.length), count(ALL_FIELDS));
  if (id === 'bing') return `${rows}, ${t('of your own sites only')}`;
  return targetKinds.includes('page') ? rows : `${rows}, ${t('of domains only')}`;
}

/** `$0.024 a call, $0.000036 a target or row`: what costs the same is said once. */
export function costWords({ id, cost }: SourceOffer, words: Words): string {
  const { t } = words;
  if (cost === null) return id === 'searchmetrics' ? t('may need a key and cost units') : t('free');
  const price = (amount: number) => {
    if (cost.unit === 'USD') return words.dollarPrice(amount);
    const said = amountWords(amount, cost.unit, words);
    return cost.unit === 'rows' ? t('{0} of the quota', said) : said;
  };
  const call = cost.unit === 'calls' ? t('a look-up') : t('a call');
  const parts: readonly (readonly [number, string])[] = [
    ...(cost.perCall === cost.perPage
      ? [[cost.perCall, call] as const]
      : ([
          [cost.perCall, call],
          [cost.perPage, t('a page of rows')],
        ] as const)),
    ...(cost.perTarget === cost.perRow
      ? [[cost.perTarget, t('a target or row')] as const]
      : ([
          [cost.perTarget, t('a target')],
          [cost.perRow, t('a row')],
        ] as const)),
  ];
  const said = parts.flatMap(([amount, per]) => (amount > 0 ? [`${price(amount)} ${per}`] : []));
  if ((cost.atLeast ?? 0) > 0) said.push(t('at least {0}', price(cost.atLeast ?? 0)));
  return said.join(', ');
}

/** What the two boxes of a key are called; `id` is null for a source that has only a key. */
export function keyNames(id: SourceId, t: Translate): { readonly id: string | null; readonly secret: string } {
  switch (id) {
    case 'searchmetrics':
      return { id: t('Client id'), secret: t('Client secret') };
    case 'dataforseo':
      return { id: t('API login'), secret: t('API password') };
    case 'moz':
      return { id: t('Access id; leave it empty for an API token'), secret: t('API token, or the secret key of the access id') };
    case 'seranking':
      return { id: null, secret: t('Data API key') };
    case 'ahrefs':
    case 'majestic':
    case 'semrush':
    case 'openpagerank':
    case 'bing':
    case 'index':
    case 'ranks':
    case 'none':
      return { id: null, secret: t('API key') };
  }
}

/** True where the first box may stay empty. */
export function idIsOptional(id: SourceId): boolean {
  return SOURCES[id].key === 'key-or-login';
}
