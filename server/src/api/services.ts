/** The calls that this service answers: the contract's, and our own below `links/`. */
import { LISTS } from './lists/lists.ts';
import { rows } from './rows.ts';
import type { Service } from './service.ts';
import { availableCredits } from './services/availableCredits.ts';
import { countBacklinks } from './services/countBacklinks.ts';
import { countDeeplinkRatio } from './services/countDeeplinkRatio.ts';
import { countEduGovLinks } from './services/countEduGovLinks.ts';
import { countReferringDomains } from './services/countReferringDomains.ts';
import { countReferringIps } from './services/countReferringIps.ts';
import { listBacklinks } from './services/listBacklinks.ts';
import { listIsLinked } from './services/listIsLinked.ts';
import { listLinkedPages } from './services/listLinkedPages.ts';
import { listLinktext } from './services/listLinktext.ts';
import { listSpsSpread } from './services/listSpsSpread.ts';
import { pageStrength } from './services/pageStrength.ts';
import { summaries } from './summaries.ts';

const CONTRACT: readonly Service[] = [
  listBacklinks,
  countBacklinks,
  countReferringDomains,
  countReferringIps,
  pageStrength,
  listSpsSpread,
  listLinktext,
  listLinkedPages,
  countDeeplinkRatio,
  countEduGovLinks,
  listIsLinked,
  availableCredits,
];

/** By their names. */
export const SERVICES: ReadonlyMap<string, Service> = new Map(
  [...CONTRACT, summaries, rows, ...LISTS.values()].map((service) => [service.name, service]),
);
