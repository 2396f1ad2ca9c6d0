/** Where data comes from and how old it is, in one sentence: the same in hover, status and report. */
import * as l10n from '@vscode/l10n';
import type { SourceHealth } from '../facts/facts.ts';
import type { SourceInfo } from '../sources/source.ts';
import { count, day, daysSince } from './format.ts';

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
  return days === 1 ? l10n.t('{0}, crawled {1} (1 day ago)', what, when) : l10n.t('{0}, crawled {1} ({2} days ago)', what, when, count(days, locale));
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

/** `None seen on the 1,204,331 pages of this index.` An index knows pages, not the web. */
export function noneSeen(info: SourceInfo | null, locale: string): string {
  if (info === null || info.pages === null) return l10n.t('None known to this source.');
  return l10n.t('None seen on the {0} pages of this index.', count(info.pages, locale));
}
