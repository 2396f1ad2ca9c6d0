/**
 * The three exports of Google Search Console's links report. Google writes their headers in the language of the account: the names of four
 * languages are known here, and of any other the shape of the rows tells, where `--site` says whose rows they are.
 */
import { registrableDomain, withoutWww } from '../../../urls/domains.ts';
import { parseWebUrl } from '../../../urls/resolve.ts';
import { cellCount, cellText } from './cells.ts';
import { type Places, placesOf } from './columns.ts';
import { cellDate } from './dates.ts';
import type { Property } from './property.ts';

export type ConsoleKind = 'linked-pages' | 'latest-links' | 'linking-sites';
export type ConsoleRole = 'page' | 'links' | 'sites' | 'source' | 'crawled' | 'discovered' | 'site' | 'pages' | 'targets';

export const CONSOLE_LIST = 'Google Search Console';

const NAMES: Readonly<Record<ConsoleRole, readonly string[]>> = {
  page: ['targetpage', 'yourpages', 'zielseite', 'pagecible', 'pagededestination', 'paginadedestino', 'paginaobjetivo'],
  links: ['incominglinks', 'links', 'eingehendelinks', 'liensentrants', 'enlacesentrantes', 'enlaces'],
  sites: [
    ...['linkingsites', 'sourcedomains', 'verweisendewebsites', 'verlinkendewebsites', 'websitesmitlinks', 'sitesdorigine', 'sitesreferents'],
    ...['sitesaloriginedeliens', 'sitiosdeenlace', 'sitiosqueenlazan', 'sitioswebqueenlazan', 'sitioswebdeenlace'],
  ],
  source: [
    ...['linkingpage', 'verlinkendeseite', 'verweisendeseite', 'seitemitlink', 'pagereferente', 'pagedorigine', 'pagealoriginedulien'],
    ...['paginadeenlace', 'paginaqueenlaza', 'paginadeorigen'],
  ],
  crawled: [
    ...['lastcrawled', 'zuletztgecrawlt', 'letztescrawling', 'letztercrawl', 'derniereexploration', 'exploreepourladernierefois'],
    ...['ultimorastreo', 'rastreadaporultimavez', 'fechadelultimorastreo'],
  ],
  discovered: ['firstdiscovered', 'zuersterkannt', 'decouvertlapremierefois', 'descubiertoporprimeravez'],
  site: ['site', 'domains', 'website', 'siteweb', 'sitio', 'sitioweb'],
  pages: [
    ...['linkingpages', 'links', 'verlinkendeseiten', 'verweisendeseiten', 'seitenmitlinks', 'pagesreferentes', 'pagesdorigine'],
    ...['pagesaloriginedeliens', 'paginasdeenlace', 'paginasqueenlazan', 'paginasdeorigen'],
  ],
  targets: ['targetpages', 'linkedpages', 'zielseiten', 'pagescibles', 'pagesdedestination', 'paginasdedestino', 'paginasobjetivo'],
};

const NEEDED: readonly (readonly [ConsoleKind, readonly ConsoleRole[]])[] = [
  ['linked-pages', ['page', 'links']],
  ['linking-sites', ['site', 'pages']],
  ['latest-links', ['source']],
];

export interface ConsoleExport {
  readonly kind: ConsoleKind;
  readonly places: Places<ConsoleRole>;
}

/** The export a header is of; null for one of anything else. */
export function consoleExportOf(header: readonly string[]): ConsoleExport | null {
  const places = new Map(placesOf(header, NAMES));
  // Older files of latest links call their addresses "Links".
  const links = places.get('links');
  if (places.has('discovered') && links !== undefined && !places.has('source')) places.set('source', links);
  const found = NEEDED.find(([, roles]) => roles.every((role) => places.has(role)));
  // Lists of links by other names have more columns: with a target they are not this.
  return found === undefined || (found[0] === 'latest-links' && header.length > 3) ? null : { kind: found[0], places };
}

/** The export that rows are of in a language that is not known here, in the order Google writes the columns; null where they do not fit. */
export function consoleExportByRows(rows: readonly (readonly string[])[], property: Property): ConsoleExport | null {
  const fits = (test: (row: readonly string[]) => boolean): boolean => rows.length > 0 && rows.every(test);
  const counts = ([, second, third]: readonly string[]) => cellCount(second) !== null && cellCount(third) !== null;
  const width = rows[0]?.length ?? 0;
  if (width === 3 && fits((row) => counts(row) && property.holds(cellText(row[0])))) {
    return exportOf('linked-pages', 'page', 'links', 'sites');
  }
  if (width === 3 && fits((row) => counts(row) && siteName(row[0]) !== null)) return exportOf('linking-sites', 'site', 'pages', 'targets');
  const dated = ([, date]: readonly string[]) => width === 1 || cellText(date) === '' || cellDate(date, 'day-first') !== null;
  if (width <= 2 && fits((row) => dated(row) && parseWebUrl(cellText(row[0])) !== null)) return exportOf('latest-links', 'source', 'crawled');
  return null;
}

function exportOf(kind: ConsoleKind, ...roles: readonly ConsoleRole[]): ConsoleExport {
  return { kind, places: new Map(roles.map((role, at) => [role, at])) };
}

/** The registrable domain that a cell names, in ASCII; null for what names none. */
export function siteName(cell: string | undefined): string | null {
  const text = cellText(cell);
  if (!/^[^\s/?#@:]+\.[^\s/?#@:]+$/.test(text)) return null;
  const host = parseWebUrl(`http://${text}/`)?.hostname.replace(/\.$/, '');
  return host === undefined ? null : registrableDomain(withoutWww(host));
}
