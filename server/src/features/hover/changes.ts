/** What came and went lately, in one phrase: of the page, or where that has stood still, of its domain. */
import * as l10n from '@vscode/l10n';
import type { Summary } from '../../../../shared/backlinks.ts';
import { count, day } from '../format.ts';
import { webText } from '../safeMarkdown.ts';

/** `6 new and 2 lost since 1 Oct 2026`; empty where nothing has changed, and where nobody knows. */
export function changesPhrase(page: Summary | null, domain: Summary | null, locale: string): string {
  const ofPage = phraseOf(page, locale);
  if (ofPage !== '' || domain === null) return ofPage;
  const ofDomain = phraseOf(domain, locale);
  return ofDomain === '' ? '' : `${webText(domain.target.name, 60)}: ${ofDomain}`;
}

function phraseOf(summary: Summary | null, locale: string): string {
  const { newBacklinks = null, lostBacklinks = null, changesSince = null } = summary ?? {};
  if (changesSince === null) return '';
  const since = webText(day(changesSince, locale), 40);
  const [fresh, lost] = [newBacklinks ?? 0, lostBacklinks ?? 0];
  if (fresh > 0 && lost > 0) return l10n.t('{0} new and {1} lost since {2}', count(fresh, locale), count(lost, locale), since);
  if (fresh > 0) return l10n.t('{0} new since {1}', count(fresh, locale), since);
  return lost > 0 ? l10n.t('{0} lost since {1}', count(lost, locale), since) : '';
}
