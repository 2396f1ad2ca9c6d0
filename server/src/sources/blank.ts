/** Summaries and rows of which nothing is known yet: a source fills in what its service says, and the rest stays unknown. */
import type { Backlink, Summary, Target } from '../../../shared/backlinks.ts';

export function blankSummary(target: Target): Summary {
  return {
    target,
    backlinks: null,
    unit: 'links',
    internalBacklinks: null,
    referringPages: null,
    referringHosts: null,
    referringDomains: null,
    followed: null,
    forms: null,
    strength: null,
    topAnchors: null,
    redirectsTo: null,
    strongest: null,
    asOf: null,
  };
}

export function blankRow(sourceUrl: string, targetUrl: string): Backlink {
  return {
    sourceUrl,
    title: null,
    anchorText: null,
    externalLinks: null,
    internalLinks: null,
    totalLinks: null,
    strength: null,
    position: null,
    targetUrl,
    tag: null,
    nofollow: null,
    rel: null,
    ip: null,
    countryCode: null,
    country: null,
    city: null,
    firstSeen: null,
    lastSeen: null,
    lost: null,
  };
}
