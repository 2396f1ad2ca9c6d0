/** One row of a list of links to a listed link. */
import type { LinkTag, LostReason } from '../../../../../shared/backlinks.ts';
import { isWebUrl, resolverFor } from '../../../urls/resolve.ts';
import type { ListedLink } from '../../store.ts';
import { cellCount, cellFlag, cellScore, cellText } from './cells.ts';
import type { Places } from './columns.ts';
import type { LinkExport, LinkRole } from './linkExports.ts';
import { lostReason, tagOfType } from './vendorWords.ts';

const resolve = resolverFor(undefined);

export interface RowReading {
  readonly kind: LinkExport;
  readonly places: Places<LinkRole>;
  /** Reads a date, epoch milliseconds. */
  readonly date: (cell: string | undefined) => number | null;
  /** Epoch milliseconds of the list: the date of a loss that has none of its own. */
  readonly asOf: number;
}

/** The link of a row, or null for a row that names none: no two addresses, or something that is no hyperlink (a canonical, a mere mention). */
export function listedLink(row: readonly string[], reading: RowReading): ListedLink | null {
  const { places } = reading;
  const cell = (role: LinkRole): string | undefined => {
    const at = places.get(role);
    return at === undefined ? undefined : (row[at] ?? '');
  };
  const sourceUrl = address(cell('source'));
  const url = address(cell('target'));
  const type = tagOfType(cellText(cell('type')));
  if (sourceUrl === null || url === null || type === 'no-link' || cellFlag(cell('mention')) === true) return null;
  const tag = type ?? tagOfFlags(cell);
  return {
    sourceUrl,
    sourceTitle: cellText(cell('title')) || null,
    link: { url, text: anchorText(cell, tag), tag, position: null, ...relation(cell) },
    firstSeen: reading.date(cell('firstSeen')),
    lastSeen: reading.date(cell('lastSeen')),
    lost: lossOf(cell, reading),
    externalLinks: cellCount(cell('external')),
    score: scoreOf(cell, reading.kind),
  };
}

type Cell = (role: LinkRole) => string | undefined;

/** Moz writes addresses without a scheme. */
function address(cell: string | undefined): string | null {
  const text = cellText(cell);
  if (text === '' || /\s/.test(text)) return null;
  const absolute = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/]+\.[^/:]+:\d/.test(text) ? text : `https://${text.replace(/^\/\//, '')}`;
  const url = isWebUrl(absolute) ? resolve(absolute) : null;
  return url !== null && /^https?:\/\/[^/]*[.\]:]|^https?:\/\/localhost/.test(url) ? url : null;
}

/** The columns that say what kind a link is; null where there are none. */
function tagOfFlags(cell: Cell): LinkTag | null {
  if (cellFlag(cell('redirect')) === true) return 'redirect';
  if (cellFlag(cell('image')) === true) return 'aimg';
  if (cellFlag(cell('form')) === true) return 'form';
  if (cellFlag(cell('frame')) === true) return 'iframe';
  return cell('image') === undefined ? null : 'a';
}

/** As pages of our own: an image's `alt`, `[img]` where it is empty; null where the list has no such column. */
function anchorText(cell: Cell, tag: LinkTag | null): string | null {
  const text = cellText(cell('anchor')) || cellText(cell('alt'));
  if (text !== '') return text;
  if (cell('anchor') === undefined) return null;
  return tag === 'aimg' ? '[img]' : '';
}

function relation(cell: Cell): { readonly nofollow: boolean | null; readonly rel: readonly string[] } {
  const named = cellText(cell('rel'))
    .toLowerCase()
    .split(/[\s,;|]+/)
    .filter((token) => /^[a-z-]+$/.test(token) && token !== 'dofollow' && token !== 'follow');
  const flags = (['nofollow', 'ugc', 'sponsored'] as const).filter((role) => saysYes(cell(role), role));
  // An older export says in its type whether a link is followed.
  const typed = /\bnofollow\b/i.test(cell('type') ?? '') ? ['nofollow'] : [];
  const rel = [...new Set([...named, ...flags, ...typed])];
  const told = cell('nofollow') !== undefined || cell('rel') !== undefined || /\b(?:no|do)follow\b/i.test(cell('type') ?? '');
  return { nofollow: told || rel.length > 0 ? rel.some((token) => token === 'nofollow' || token === 'ugc' || token === 'sponsored') : null, rel };
}

/** Some write the word instead of a yes. */
function saysYes(cell: string | undefined, word: string): boolean {
  return cellFlag(cell) === true || cellText(cell).toLowerCase() === word;
}

function lossOf(cell: Cell, { date, asOf }: RowReading): ListedLink['lost'] {
  const when = date(cell('lostAt')) ?? date(cell('lost'));
  const words = [cell('lostReason'), cell('status'), cell('lost')]
    .map(cellText)
    .filter((text) => text !== '' && cellFlag(text) === null && date(text) === null);
  const reasons = words.map(lostReason);
  const isLost = when !== null || cellFlag(cell('lost')) === true || reasons.some((reason) => reason !== null);
  if (!isLost) return null;
  const reason: LostReason = reasons.find((found) => found !== null && found !== 'unknown') ?? 'unknown';
  return { at: when ?? date(cell('lastSeen')) ?? asOf, reason };
}

/** The score of the page itself where the list has one. */
function scoreOf(cell: Cell, { pageScore, domainScore }: LinkExport): ListedLink['score'] {
  const ofPage = pageScore === null ? null : cellScore(cell('pageScore'));
  if (pageScore !== null && ofPage !== null) return { ...pageScore, value: ofPage, of: 'page' };
  const ofDomain = domainScore === null ? null : cellScore(cell('domainScore'));
  return domainScore === null || ofDomain === null ? null : { ...domainScore, value: ofDomain, of: 'domain' };
}
