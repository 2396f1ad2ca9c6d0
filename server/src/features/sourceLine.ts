/** Where data comes from and how old it is, in one sentence: the same in hover, status and report. */
import * as l10n from '@vscode/l10n';
import type { SourceHealth } from '../facts/facts.ts';
import type { SourceInfo } from '../sources/source.ts';
import { count, day, daysSince } from './format.ts';

/** Days. */
const YEAR = 365;

/**
 * `Embedded index of 1,204,331 pages, crawled 2 Nov 2026 (21 days ago)`.
 *
 * @param info null when no source is active or it has not answered yet
 * @param now epoch milliseconds
 */
export function sourceLine(info: SourceInfo | null, health: SourceHealth, now: number, locale: string): string {
  if (info === null) return withoutInfo(health);
  const what = info.pages === null ? info.label : l10n.t('{0} of {1} pages', info.label, count(info.pages, locale));
  if (info.asOf === null) return what;
  const days = daysSince(info.asOf, now);
  const when = day(info.asOf, locale);
  if (days === null) return l10n.t('{0}, crawled {1}', what, when);
  if (days === 0) return l10n.t('{0}, crawled {1} (today)', what, when);
  if (days === 1) return l10n.t('{0}, crawled {1} (1 day ago)', what, when);
  if (days < 2 * YEAR) return l10n.t('{0}, crawled {1} ({2} days ago)', what, when, count(days, locale));
  return l10n.t('{0}, crawled {1} ({2} years ago)', what, when, count(Math.floor(days / YEAR), locale));
}

/** True for a source that tells neither how many pages it knows nor of which day its data are: then counts when it was asked. */
export function isUndated({ pages, asOf }: SourceInfo): boolean {
  return pages === null && asOf === null;
}

function withoutInfo(health: SourceHealth): string {
  switch (health.state) {
    case 'none':
      return l10n.t('No source for backlinks from the web');
    case 'problem':
      return health.message;
    case 'ok':
      return l10n.t('The source has not answered yet');
  }
}

/**
 * `None seen on the 1,204,331 pages of this index.` An index knows pages, not the web.
 *
 * @param internal links from the target's own site, which are no backlinks but are there; null where the source does not count them
 */
export function noneSeen(info: SourceInfo | null, internal: number | null, locale: string): string {
  if (info === null || info.pages === null) return l10n.t('None known to this source.');
  const pages = count(info.pages, locale);
  return (internal ?? 0) > 0
    ? l10n.t('None from other domains seen on the {0} pages of this index.', pages)
    : l10n.t('None seen on the {0} pages of this index.', pages);
}
