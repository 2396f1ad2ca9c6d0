/** Rows of a known export to captures. */

import { isWebUrl, resolveUrl } from '../../../urls/resolve.ts';
import { pageTarget } from '../../../urls/targets.ts';
import type { Capture, StatedDomain } from '../../store.ts';
import { cellCount, cellText } from './cells.ts';
import { cellDate, type DateOrder, dateReader, orderOf } from './dates.ts';
import type { KnownExport, Layout } from './layout.ts';
import { listedLink } from './listedRow.ts';
import type { Property } from './property.ts';
import { CONSOLE_LIST, type ConsoleExport, type ConsoleRole, siteName } from './searchConsole.ts';

export interface CapturesOptions {
  readonly layout: Layout;
  readonly known: KnownExport;
  /** Needed for an export whose rows do not name their target. */
  readonly property: Property | null;
  /** Epoch milliseconds; null where nobody knows. */
  readonly asOf: number | null;
  /** Epoch milliseconds of the build. */
  readonly now: number;
}

/** A capture for a row, or null for one that says nothing. */
export type ReadRow = (row: readonly string[]) => Capture | null;

/** What turns rows into captures. */
export function rowReader(options: CapturesOptions): ReadRow {
  const { known, layout } = options;
  const order = dateOrder(layout);
  if (known.of === 'links') {
    const reading = { kind: known.kind, places: known.places, date: dateReader(order), asOf: options.asOf ?? options.now };
    return (row) => {
      const listed = listedLink(row, reading);
      return listed === null ? null : { kind: 'listed', listed };
    };
  }
  return consoleReader(known, order, options);
}

/** Day first, unless the dates of the first rows prove the other, or an English header makes it likely. */
function dateOrder({ sample, header }: Layout): DateOrder {
  return orderOf(sample.flat()) ?? (/\b(?:seen|date|found|crawled|lost)\b/i.test(header.join(' ')) ? 'month-first' : 'day-first');
}

function consoleReader({ kind, places }: ConsoleExport, order: DateOrder, { property, asOf }: CapturesOptions): ReadRow {
  const cell = (row: readonly string[], role: ConsoleRole): string | undefined => row[places.get(role) ?? -1];
  if (kind === 'linked-pages') {
    return (row) => {
      const target = pageTarget(cellText(cell(row, 'page')));
      const links = cellCount(cell(row, 'links'));
      if (target === null || links === null) return null;
      return { kind: 'statedTotal', stated: { target, list: CONSOLE_LIST, asOf, links, unit: 'links', domains: cellCount(cell(row, 'sites')) } };
    };
  }
  if (property === null) return () => null;
  if (kind === 'linking-sites') {
    return (row) => {
      const domain = statedDomain(row, cell);
      return domain === null ? null : { kind: 'statedDomains', stated: { target: property.target, list: CONSOLE_LIST, asOf, domains: [domain] } };
    };
  }
  return (row) => latestLink(cell(row, 'source'), { first: cell(row, 'discovered'), last: cell(row, 'crawled') }, { order, property });
}

function statedDomain(row: readonly string[], cell: (row: readonly string[], role: ConsoleRole) => string | undefined): StatedDomain | null {
  const name = siteName(cell(row, 'site'));
  return name === null ? null : { name, pages: cellCount(cell(row, 'pages')), targetPages: cellCount(cell(row, 'targets')) };
}

/** Which page of the property is linked, with what text and whether followed, the list does not say. */
function latestLink(
  source: string | undefined,
  dates: { readonly first: string | undefined; readonly last: string | undefined },
  { order, property }: { readonly order: DateOrder; readonly property: Property },
): Capture | null {
  const text = cellText(source);
  const sourceUrl = isWebUrl(text) ? resolveUrl(text) : null;
  if (sourceUrl === null) return null;
  const link = { url: property.somewhere, text: null, tag: null, position: null, nofollow: null, rel: [] };
  const seen = { firstSeen: cellDate(dates.first, order), lastSeen: cellDate(dates.last, order) };
  return { kind: 'listed', listed: { sourceUrl, sourceTitle: null, link, ...seen, lost: null, externalLinks: null, score: null } };
}
